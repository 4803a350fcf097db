import type { Operation } from '../operation.ts';
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

/** `/jobs/:id` → `/jobs/{id}`. */
export function pathOf(route: string): string {
  return route.replace(/:(\w+)/g, '{$1}');
}

/** Everything that a request may carry besides its body. */
export function parametersOf(route: string, { query, headers = {} }: Operation): ParameterObject[] {
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
