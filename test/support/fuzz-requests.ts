import fc from 'fast-check';
import type {
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  PathMethod,
  Schema,
} from '../../runtime/api/openapi/index.ts';
import { encode, mutated, valuesOf } from './fuzz-values.ts';

/** A request that an operation could be sent. */
export interface FuzzRequest {
  readonly method: string;
  /** With prefix and query. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

const methods: readonly PathMethod[] = ['get', 'post', 'put', 'patch', 'delete'];

/** Requests to all operations of a document, made from what it says of them: valid, nearly valid, and not at all. */
export function fuzzRequests(document: OpenApiDocument): fc.Arbitrary<FuzzRequest> {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (!operation || isEndless(operation)) return [];
      return [requestOf(document, item.servers ? path : `/v6${path}`, method, operation)];
    }),
  );
  return fc.oneof(...all);
}

/** Events are sent for as long as somebody listens. */
function isEndless({ responses }: OperationObject): boolean {
  return JSON.stringify(responses).includes('text/event-stream');
}

function requestOf(
  document: OpenApiDocument,
  path: string,
  method: PathMethod,
  { parameters, requestBody }: OperationObject,
): fc.Arbitrary<FuzzRequest> {
  const given = parameters.map((parameter) => parameterValues(document, parameter));
  return fc
    .tuple(fc.tuple(...given), bodyOf(document, requestBody?.content ?? {}))
    .map(([values, { headers, body }]) => {
      let address = path;
      const query: string[] = [];
      const sent: Record<string, string> = { ...headers };
      for (const [index, { name, in: place }] of parameters.entries()) {
        const texts = values[index]!;
        if (place === 'path') address = address.replace(`{${name}}`, encode(texts[0] ?? '1') || '1');
        if (place === 'query') query.push(...texts.map((text) => `${name}=${encode(text)}`));
        const header = texts[0]?.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
        if (place === 'header' && header) sent[name] = header;
      }
      const search = query.length > 0 ? `?${query.join('&')}` : '';
      return { method: method.toUpperCase(), address: `${address}/${search}`, headers: sent, body };
    });
}

/** The texts of a parameter: none, where it is left out. */
function parameterValues(document: OpenApiDocument, parameter: ParameterObject): fc.Arbitrary<string[]> {
  const values = fc.oneof(
    { weight: 4, arbitrary: valuesOf(parameter.schema, document) },
    { weight: 1, arbitrary: valuesOf({ type: 'string' }, document) },
  );
  const texts = values.map((value) => [value].flat().map(String));
  if (parameter.required) return texts;
  return fc.oneof({ weight: 4, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: texts });
}

interface Body {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | undefined;
}

function bodyOf(
  document: OpenApiDocument,
  content: Readonly<Record<string, { schema: Schema }>>,
): fc.Arbitrary<Body> {
  const bodies = Object.entries(content).map(([type, { schema }]): fc.Arbitrary<Body> => {
    const headers = { 'Content-Type': type };
    if (!/json|urlencoded/.test(type))
      return fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ headers, body: Buffer.from(bytes) }));
    const valid = valuesOf(schema, document);
    const values = fc.oneof(valid, valid.chain(mutated), valid.chain(mutated).chain(mutated));
    return values.map((value) => ({ headers, body: JSON.stringify(value) ?? 'undefined' }));
  });
  const none = fc.constant({ headers: {}, body: undefined });
  return bodies.length === 0 ? none : fc.oneof(...bodies, ...bodies, none);
}
