import type { Operation } from '../operation.ts';
import type { Method } from '../route.ts';
import type { ParameterObject, Schema } from './types.ts';

interface PathParameter {
  readonly schema: Schema;
  readonly description: string;
}

const whole = { type: 'integer', minimum: 1 };

/** By the name that it has in a route's path; others are text. */
const pathParameters: Readonly<Record<string, PathParameter>> = {
  id: { schema: whole, description: 'Its id.' },
  num: { schema: whole, description: 'Which of the executions of the job, from 1.' },
  revision: { schema: whole, description: 'Which of the revisions of the job type, from 1.' },
  version: { schema: { type: 'string' }, description: 'Its version, as `1.0.0` or `1.0.0-beta.1`.' },
};

const ifMatch = { 'If-Match': 'ETags of the versions that are to be changed; 412 for another one.' };

/** Headers that every operation of a method reads. */
const usualHeaders: Readonly<Partial<Record<Method, Readonly<Record<string, string>>>>> = {
  GET: { 'If-None-Match': 'ETags of what the sender has already.' },
  POST: { 'Idempotency-Key': 'A request with the same one is carried out once, and answered as the first.' },
  ...{ PUT: ifMatch, PATCH: ifMatch, DELETE: ifMatch },
};

/** `/jobs/:id` → `/jobs/{id}`. */
export function pathOf(route: string): string {
  return route.replace(/:(\w+)/g, '{$1}');
}

/** Everything that a request may carry besides its body. */
export function parametersOf(
  route: string,
  method: Method,
  { role, query, headers: own = {} }: Operation,
): ParameterObject[] {
  // Who logs in is not known yet, and keeps no key.
  const headers = { ...(role === 'anyone' ? {} : usualHeaders[method]), ...own };
  const inPath = [...route.matchAll(/:(\w+)/g)].map(([, name]): ParameterObject => {
    const { schema, description } = pathParameters[name!] ?? {
      schema: { type: 'string' },
      description: `Its ${name}.`,
    };
    return { name: name!, in: 'path', required: true, description, schema };
  });
  const inQuery = Object.entries(query).map(([name, { schema, repeats, description }]): ParameterObject => ({
    name,
    in: 'query',
    description: repeats ? `${description} May be given several times.` : description,
    ...(repeats ? { explode: true } : {}),
    schema: repeats ? { type: 'array', items: schema } : schema,
  }));
  const inHeader = Object.entries(headers).map(([name, description]): ParameterObject => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  }));
  return [...inPath, ...inQuery, ...inHeader];
}
