import type { Request, Response, Router } from 'express';
import { SeedbedError } from '../errors/index.ts';
import type { Shape } from './answer/failure.ts';

/** What a handler answers; a handler that has sent its answer itself returns nothing. */
export interface Answer {
  /** Default 200; 204 without a body. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

export type Handler = (request: Request, response: Response) => Promise<Answer | undefined>;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';

/** One address with what can be done at it. */
export interface Route {
  /** Below the prefix; `:name` is a parameter. */
  readonly path: string;
  /** Default `scale`. */
  readonly shape?: Shape;
  readonly methods: Readonly<Partial<Record<Method, Handler>>>;
}

/** Adds routes to a router. `HEAD` is answered as `GET` is, without the body; what a route cannot do is a 405. */
export function mount(router: Router, routes: readonly Route[]): void {
  for (const { path, shape = 'scale', methods } of routes) {
    const allowed = allowedOf(methods);
    router.all(path, async (request, response) => {
      response.locals.shape = shape;
      const handler = handlerOf(methods, request.method);
      if (!handler) {
        response.set('Allow', allowed);
        if (request.method === 'OPTIONS') return void response.status(204).end();
        throw new SeedbedError('method-not-allowed', { method: request.method, allowed });
      }
      const answer = await handler(request, response);
      if (answer) send(response, answer);
    });
  }
}

function allowedOf(methods: Route['methods']): string {
  const names = new Set<string>(Object.keys(methods));
  if (names.has('GET')) names.add('HEAD');
  return [...names, 'OPTIONS'].join(', ');
}

function handlerOf(methods: Route['methods'], method: string): Handler | undefined {
  if (method === 'HEAD') return methods.HEAD ?? methods.GET;
  return Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
}

function send(response: Response, { status = 200, headers = {}, json }: Answer): void {
  response.status(status).set(headers);
  if (json === undefined) response.end();
  else response.type('application/json').send(JSON.stringify(json));
}
