import type { TSchema } from '@sinclair/typebox';
import { Type } from '../documents/schema.ts';
import type { AnswerSpec, Operation, OtherAnswer } from '../operation.ts';
import type { Method, Route } from '../route.ts';
import type { Components } from './components.ts';
import { FailureDocument, type Failures, ProblemDocument } from './failures.ts';
import { parametersOf } from './parameters.ts';
import { requestSchema } from './request-schema.ts';
import { tagOf } from './tags.ts';
import type { ContentObject, OperationObject, Reference, ResponseObject } from './types.ts';

/** What operations have in common, and what they add to. */
export interface Surroundings {
  readonly components: Components;
  readonly failures: Failures;
}

/** An operation as the document has it. */
export function operationObject(
  { path, shape = 'scale' }: Route,
  method: Method,
  operation: Operation,
  { components, failures }: Surroundings,
): OperationObject {
  const { summary, description, role, body, form, stream } = operation;
  const open = role === 'anyone';
  const content: Record<string, { schema: object }> = {};
  const types = body ? ['application/json', ...(form ? ['application/x-www-form-urlencoded'] : [])] : [];
  for (const type of types)
    content[type] = { schema: components.use(requestSchema(body!.schema, shape === 'scale')) };
  for (const type of stream ?? []) content[type] = { schema: {} };
  const responses: Record<string, ResponseObject | Reference> = {};
  for (const status of failuresOf(path, method, operation)) responses[status] = failures.use(status, shape);
  if (method === 'GET') responses[304] = { description: 'The sender has it already (If-None-Match).' };
  for (const [status, spec] of Object.entries(operation.answers)) {
    const failure = shape === 'scale' ? FailureDocument : ProblemDocument;
    const answer = Number(status) < 400 || 'words' in spec ? spec : Type.Union([spec as TSchema, failure]);
    responses[status] = responseOf(answer, components);
  }
  return {
    operationId: operationId(method, path),
    summary,
    description: [description, open ? 'Needs no token.' : `Needs the role ${role}.`]
      .filter(Boolean)
      .join(' '),
    tags: [tagOf(path)],
    ...(open ? { security: [] } : { 'x-role': role }),
    parameters: parametersOf(path, method, operation),
    ...(Object.keys(content).length > 0
      ? { requestBody: { required: true, content: content as ContentObject } }
      : {}),
    responses,
  };
}

/** Statuses of the failures that go without saying, and of those that the operation names. */
function failuresOf(
  path: string,
  method: Method,
  { role, query, body, stream, failures = [] }: Operation,
): string[] {
  const statuses = new Set([400, 403, ...failures]);
  if (role !== 'anyone') statuses.add(401);
  if (path.includes(':') || 'page' in query) statuses.add(404);
  if (method === 'POST' && role !== 'anyone') for (const status of [409, 422]) statuses.add(status);
  if (['PUT', 'PATCH', 'DELETE'].includes(method)) statuses.add(412);
  if (body || stream) for (const status of [413, 415]) statuses.add(status);
  return [...[...statuses].sort((a, b) => a - b).map(String), '5XX'];
}

function responseOf(spec: AnswerSpec, components: Components): ResponseObject {
  if (!('words' in spec)) {
    const schema = spec as TSchema;
    return {
      description: String(schema.description ?? 'As it is now.'),
      content: { 'application/json': { schema: components.use(schema) } },
    };
  }
  const { words, types = [], schema } = spec as OtherAnswer;
  const content = types.map((type) => {
    const isJson = /[/+]json$/.test(type) && schema !== undefined;
    return [type, { schema: isJson ? components.use(schema) : {} }];
  });
  return { description: words, ...(content.length > 0 ? { content: Object.fromEntries(content) } : {}) };
}

/** Of method and path, so that it stays as it is when the words change: `getJobsByIdExecutions`. */
function operationId(method: Method, path: string): string {
  const words = path
    .split(/[^\w:]+|_/)
    .filter(Boolean)
    .map((word) => (word.startsWith(':') ? `By${capital(word.slice(1))}` : capital(word)));
  return `${method.toLowerCase()}${words.join('')}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
