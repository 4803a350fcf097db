import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type {
  OpenApiDocument,
  OperationObject,
  PathMethod,
  ResponseObject,
  Schema,
} from '../../runtime/api/openapi/index.ts';
import { call, type HttpAnswer } from './http.ts';

/** Judges answers by the OpenAPI document of the service that gave them. */
export interface Judge {
  /**
   * @param path as it was asked for, with prefix and query
   * @returns what is wrong with the answer; nothing where it is as the document says
   */
  (method: string, path: string, answer: HttpAnswer): string[];
}

const prefix = /^(?:\/api)?\/v[67](?=\/)/;
/** What the service may answer where no operation is. */
const strayStatuses = [204, 400, 401, 403, 404, 405];

/** @param document as the service answers it; its objects are taken as closed, so that a member that it lacks is found */
export function makeJudge(document: OpenApiDocument): Judge {
  // Each validator judges a few answers: to optimise it takes longer than it saves.
  const code = { optimize: false };
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true, code });
  (formats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema(closed(document) as Schema, 'api');
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (pointer: string): ValidateFunction => {
    const known = compiled.get(pointer);
    if (known) return known;
    const made = ajv.compile({ $ref: `api#${pointer}` });
    compiled.set(pointer, made);
    return made;
  };
  const paths = Object.keys(document.paths).map((path) => ({ path, matches: matcher(path) }));

  return (method, url, answer) => {
    const bare = decodePath(url);
    const inside = prefix.test(bare);
    const path = bare.replace(inside ? prefix : /^\/api(?=\/)/, '').replace(/(?<=.)\/$/, '');
    const found = paths
      .filter((one) => one.matches.test(path) && Boolean(document.paths[one.path]!.servers) !== inside)
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
    const verb = (method === 'HEAD' ? 'get' : method.toLowerCase()) as PathMethod;
    const operation = found && document.paths[found.path]![verb];
    if (!operation) return judgeStray(answer, validatorOf);
    const { status } = answer;
    const key = Object.hasOwn(operation.responses, status) ? `${status}` : `${String(status)[0]}XX`;
    if (!Object.hasOwn(operation.responses, key)) return [`the status ${status} is not in the document`];
    const { response, pointer } = responseOf(document, found.path, verb, operation, key);
    if (method === 'HEAD') return answer.body.length === 0 ? [] : ['HEAD has a body'];
    return judgeBody(answer, response, pointer, validatorOf);
  };
}

function responseOf(
  document: OpenApiDocument,
  path: string,
  verb: PathMethod,
  operation: OperationObject,
  key: string,
): { response: ResponseObject; pointer: string } {
  const response = operation.responses[key]!;
  if (!('$ref' in response)) return { response, pointer: `/paths/${escaped(path)}/${verb}/responses/${key}` };
  const name = response.$ref.split('/').at(-1)!;
  return { response: document.components.responses[name]!, pointer: `/components/responses/${name}` };
}

function judgeBody(
  answer: HttpAnswer,
  { content = {} }: ResponseObject,
  pointer: string,
  validatorOf: (pointer: string) => ValidateFunction,
): string[] {
  const types = Object.keys(content);
  if (types.length === 0) return answer.body.length === 0 ? [] : ['there is a body, and should be none'];
  // Of what is secret only the status is kept for who asks again.
  if (answer.body.length === 0 && answer.headers['idempotency-replayed'] === 'true') return [];
  const given = String(answer.headers['content-type']).split(';')[0]!;
  const type = types.find((one) => one === given || one === '*/*');
  if (type === undefined) return [`the body is ${given}, and should be ${types.join(' or ')}`];
  if (!/json$/.test(given) || type === '*/*') return [];
  return problemsOf(answer, validatorOf(`${pointer}/content/${escaped(type)}/schema`));
}

function judgeStray(answer: HttpAnswer, validatorOf: (pointer: string) => ValidateFunction): string[] {
  if (!strayStatuses.includes(answer.status)) return [`${answer.status} where no operation is`];
  if (answer.body.length === 0) return [];
  const name = /problem/.test(String(answer.headers['content-type'])) ? 'Problem' : 'Failure';
  return problemsOf(answer, validatorOf(`/components/schemas/${name}`));
}

function problemsOf(answer: HttpAnswer, validate: ValidateFunction): string[] {
  if (validate(JSON.parse(textOf(answer)))) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

function textOf({ headers, body }: HttpAnswer): string {
  const coding = headers['content-encoding'];
  const plain = coding === 'gzip' ? gunzipSync(body) : coding === 'br' ? brotliDecompressSync(body) : body;
  return plain.toString();
}

/** Objects with declared members have no others, unless they say so. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, closed(part)]));
  const { type, properties, additionalProperties } = value as Schema;
  const isDeclared =
    type !== undefined &&
    typeof properties === 'object' &&
    Object.keys(properties as object).length > 0 &&
    additionalProperties === undefined;
  return isDeclared ? { ...parts, additionalProperties: false } : parts;
}

function matcher(path: string): RegExp {
  const parts = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

function decodePath(url: string): string {
  return url.split('?')[0]!.replace(/^https?:\/\/[^/]+/, '');
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

const judges = new Map<number, Promise<Judge>>();

/** @throws Error where an answer is not as the document of the service at that port says */
export async function expectJudged(
  port: number,
  method: string,
  path: string,
  answer: HttpAnswer,
): Promise<void> {
  const fetched = async () =>
    makeJudge((await call(port, 'GET', '/openapi.json')).json as unknown as OpenApiDocument);
  const known = judges.get(port) ?? fetched();
  judges.set(port, known);
  const problems = (await known)(method, path, answer);
  if (problems.length === 0) return;
  const body = answer.body.toString().slice(0, 2000);
  throw new Error(
    `${method} ${path} answered ${answer.status} against its document:\n${problems.join('\n')}\n${body}`,
  );
}
