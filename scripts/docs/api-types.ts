import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { pageOf, Type } from '../../runtime/api/documents/schema.ts';
import type { OpenApiDocument, OperationObject, Schema } from '../../runtime/api/openapi/index.ts';
import { isObject } from '../../seed-schema/index.ts';
import { ownDocument } from './operations.ts';
import { comment, typeOf } from './schema-type.ts';

/** Where the text goes, from the root of the repository. */
export const apiTypesFile = 'runtime/client/api-types.ts';

const heading =
  '/* Made of the OpenAPI document of this version by npm run docs: change the routes, and not this. */\n';

/** The types of everything that the service answers and takes, as the text of a TypeScript module. */
export async function apiTypes(document: OpenApiDocument): Promise<string> {
  const schemas = Object.entries(document.components.schemas).flatMap(([name, schema]) => {
    const { $defs = {}, ...whole } = schema as Schema & { $defs?: Record<string, Schema> };
    const parts = Object.entries($defs).map(([part, one]) => [`${name}.${part}`, one] as const);
    return [[name, whole] as const, ...parts];
  });
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter((entry): entry is [string, OperationObject] => 'operationId' in entry[1])
      .map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
  );
  const operations = described.map(([key, operation]) => operationText(key, operation));
  const others = described.flatMap(([key, { responses }]) =>
    answersOf(responses).some((type) => type === 'undefined' || type === 'Response') ? [key] : [],
  );
  const bare = Object.entries(document.paths)
    .filter(([, item]) => item.servers)
    .map(([path]) => path);
  const text = `${heading}
/** Documents by the names that they have in the OpenAPI document. */
export interface Schemas {
${schemas.map(([name, schema]) => schemaText(name, schema)).join('\n')}
}

type None = Record<never, never>;
/** What may be given several times. */
type OneOrMore<Value> = Value | readonly Value[];
/** A page of a list. */
${pageType}

/** What can be asked: the parts of the address, the query and the body that it takes, and what it is answered with. */
export interface Operations {
${operations.join('\n')}
}

/** Operations whose answer may have no body, or one that is not JSON. */
export const otherAnswers: readonly string[] = ${JSON.stringify(others)};

/** Addresses that are not below /v6. */
export const bareAddresses: readonly string[] = ${JSON.stringify(bare)};
`;
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'typescript' });
}

function schemaText(name: string, schema: Schema): string {
  const isSent = /Body(\.|$)/.test(name);
  return `${comment(schema.description)}readonly ${JSON.stringify(name)}: ${typeOf(schema, { isSent })};`;
}

function operationText(
  key: string,
  { summary, parameters, requestBody, responses }: OperationObject,
): string {
  const within = (place: string) =>
    parameters
      .filter((one) => one.in === place)
      .map(({ name, required, schema, description }) => {
        const type = parameterType(schema) + (required ? '' : ' | undefined');
        return `${place === 'query' ? comment(description) : ''}readonly ${JSON.stringify(name)}${required ? '' : '?'}: ${type};`;
      });
  const json = requestBody?.content['application/json']?.schema;
  const isStream = requestBody !== undefined && json === undefined;
  const body = json ? typeOf(json, { isSent: true }) : isStream ? 'RequestInit["body"]' : 'undefined';
  const answers = answersOf(responses);
  return `/** ${summary}. */
    readonly ${JSON.stringify(key)}: {
      readonly path: ${membersType(within('path'))};
      readonly query: ${membersType(within('query'))};
      readonly body: ${body};
      readonly answer: ${[...new Set(answers)].join(' | ') || 'never'};
    };`;
}

function membersType(members: readonly string[]): string {
  return members.length === 0 ? 'None' : `{ ${members.join('\n')} }`;
}

/** Repeated parameters may be given as one value. */
function parameterType(schema: Schema): string {
  if (schema.type === 'array') return `OneOrMore<${typeOf(schema.items, { isSent: true })}>`;
  return typeOf(schema, { isSent: true });
}

/** Types of what it is answered with where it succeeds. */
function answersOf(responses: OperationObject['responses']): string[] {
  return Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, response]) => answerTypes('content' in response ? response.content : undefined));
}

/** Of JSON, what it holds; of no body, undefined; of other media types, the answer itself. */
function answerTypes(content: Readonly<Record<string, { readonly schema: Schema }>> | undefined): string[] {
  if (!content) return ['undefined'];
  return Object.entries(content).map(([type, { schema }]) =>
    type === 'application/json' && isObject(schema) && Object.keys(schema).length > 0
      ? answerType(schema)
      : type === 'application/json'
        ? 'unknown'
        : 'Response',
  );
}

const pageMembers = ['count', 'count_is_estimate', 'next', 'previous', 'results'];
const pageType = `interface ListPage<Row> ${typeOf(pageOf(Type.Ref('#/components/schemas/Row')), { isSent: false }).replace('Schemas["Row"]', 'Row')}`;

function answerType(schema: Schema): string {
  const { properties } = schema;
  const isPage = isObject(properties) && isDeepStrictEqual(Object.keys(properties), pageMembers);
  if (!isPage) return typeOf(schema, { isSent: false });
  const { items } = properties.results as Schema;
  return `ListPage<${typeOf(items, { isSent: false })}>`;
}

/** Writes the types anew where they are stale. @returns whether they were */
export async function refreshApiTypes(root: string, isChecked: boolean): Promise<boolean> {
  const file = path.join(root, apiTypesFile);
  const [there, wanted] = [await readFile(file, 'utf8').catch(() => ''), await apiTypes(ownDocument())];
  if (there === wanted) return false;
  if (!isChecked) await writeFile(file, wanted);
  return true;
}
