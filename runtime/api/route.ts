import type { Request, Response, Router } from 'express';
import { SeedbedError } from '../errors/index.ts';
import type { Shape } from './answer/failure.ts';
import type { Answer, Operation } from './operation.ts';
import { readJson } from './request/body.ts';
import { readParameters } from './request/parameters.ts';
import { Query } from './request/query.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';

/** One address with what can be done at it. */
export interface Route {
  /** Below the prefix; `:name` is a parameter. */
  readonly path: string;
  /** Default `scale`. */
  readonly shape?: Shape;
  readonly methods: Readonly<Partial<Record<Method, Operation>>>;
}

export interface MountOptions {
  /** Bytes of one JSON body. */
  readonly mostBytes: number;
}

/** Adds routes to a router. `HEAD` is answered as `GET` is, without the body; what a route cannot do is a 405. */
export function mount(router: Router, routes: readonly Route[], options: MountOptions): void {
  for (const { path, shape = 'scale', methods } of routes) {
    const allowed = allowedOf(methods);
    router.all(path, async (request, response) => {
      response.locals.shape = shape;
      const operation = operationOf(methods, request.method);
      if (!operation) {
        response.set('Allow', allowed);
        if (request.method === 'OPTIONS') return void response.status(204).end();
        throw new SeedbedError('method-not-allowed', { method: request.method, allowed });
      }
      const answer = await perform(operation, request, response, options);
      if (answer) send(response, answer);
    });
  }
}

function allowedOf(methods: Route['methods']): string {
  const names = new Set<string>(Object.keys(methods));
  if (names.has('GET')) names.add('HEAD');
  return [...names, 'OPTIONS'].join(', ');
}

/** Reads and judges all that an operation declares, before anything is done. */
async function perform(
  operation: Operation,
  request: Request,
  response: Response,
  { mostBytes }: MountOptions,
): Promise<Answer | undefined> {
  const parameters = new Query(request.url);
  const query = readParameters(parameters, operation.query);
  warnOfUnknown(response, parameters, operation);
  const body = operation.body && (await readJson(request, mostBytes, operation.body));
  return operation.handle({ request, response, query, parameters, body });
}

/** A filter that is not understood would answer more than was asked for: its sender is told (RFC 7234, 5.5). */
function warnOfUnknown(response: Response, parameters: Query, { query }: Operation): void {
  const unknown = parameters.names().filter((name) => !Object.hasOwn(query, name));
  if (unknown.length === 0) return;
  const names = unknown.slice(0, 20).map((name) => encodeURIComponent(name.slice(0, 100)));
  response.append('Warning', `299 seedbed "unknown parameters are ignored: ${names.join(', ')}"`);
}

function operationOf(methods: Route['methods'], method: string): Operation | undefined {
  if (method === 'HEAD') return methods.HEAD ?? methods.GET;
  return Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
}

function send(response: Response, { status = 200, headers = {}, json }: Answer): void {
  response.status(status).set(headers);
  if (json === undefined) response.end();
  else response.type('application/json').send(JSON.stringify(json));
}
