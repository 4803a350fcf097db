import type { Request, Response, Router } from 'express';
import { nearest } from '../../seed-schema/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Shape } from './answer/failure.ts';
import { send } from './answer/send.ts';
import { warnOfIgnored } from './answer/warn-of-ignored.ts';
import type { Once } from './once.ts';
import type { Answer, Need, Operation } from './operation.ts';
import { readBody, type UnknownMembers } from './request/body.ts';
import type { IfMatch } from './request/if-match.ts';
import { readParameters } from './request/parameters.ts';
import { Query } from './request/query.ts';
import { noteMembers } from './safety/notes.ts';
import { principalOf } from './safety/principal.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One address with what can be done at it. */
export interface Route {
  /** Below the prefix; `:name` is a parameter. */
  readonly path: string;
  /** Default `scale`. */
  readonly shape?: Shape;
  readonly methods: Readonly<Partial<Record<Method, Operation>>>;
}

/** What stands around every request: it says who may do what, and keeps account of it. */
export type Overseer = (
  occasion: Occasion,
  work: () => Promise<Answer | undefined>,
) => Promise<Answer | undefined>;

export interface Occasion {
  /** Of the route, as `Route.path`. */
  readonly path: string;
  readonly need: Need;
  readonly request: Request;
  readonly response: Response;
}

export interface MountOptions {
  /** Bytes of one JSON body. */
  readonly mostBytes: number;
  /** Milliseconds for a JSON body to arrive; default 30 seconds. */
  readonly bodyMs?: number;
  /** Without one, all may do all. */
  readonly oversee?: Overseer;
  /** Without one, `Idempotency-Key` means nothing to routes that do not read it themselves. */
  readonly once?: Once;
  /** Without one, `If-Match` means nothing. */
  readonly ifMatch?: IfMatch;
}

/** Adds routes to a router. `HEAD` is answered as `GET` is, without the body; what a route cannot do is a 405. */
export function mount(router: Router, routes: readonly Route[], options: MountOptions): void {
  for (const { path, shape = 'scale', methods } of routes) {
    const allowed = allowedOf(methods);
    router.all(path, async (request, response) => {
      response.locals.shape = shape;
      response.locals.route = path;
      const operation = operationOf(methods, request.method);
      if (!operation) {
        response.set('Allow', allowed);
        if (request.method === 'OPTIONS') return void response.status(204).end();
        throw new SeedbedError('method-not-allowed', { method: request.method, allowed });
      }
      const work = () => perform(operation, methods.GET, request, response, options);
      const occasion = { path, need: operation.role, request, response };
      const answer = await (options.oversee ? options.oversee(occasion, work) : work());
      if (answer) await send(request, response, answer);
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
  reading: Operation | undefined,
  request: Request,
  response: Response,
  {
    mostBytes,
    bodyMs,
    once = (_occasion, work) => work(),
    ifMatch = (_call, _reading, work) => work(),
  }: MountOptions,
): Promise<Answer | undefined> {
  const warnOf = (orders: readonly string[]) => warnOfIgnored(response, 'unknown orders', orders);
  const parameters = new Query(request.url, response.locals.shape === 'scale' ? warnOf : undefined);
  const query = readParameters(parameters, operation.query);
  warnOfUnknown(response, parameters, operation);
  const { body: validator, form: isForm } = operation;
  const unknown = unknownMembersOf(operation, response);
  const body = validator && (await readBody(request, { mostBytes, bodyMs, validator, isForm, unknown }));
  if (validator) noteMembers(response, body);
  const principal = principalOf(response);
  const call = { request, response, query, parameters, body, principal };
  const { actor } = principal;
  return once({ operation, request, body, actor }, () =>
    ifMatch(call, reading, () => operation.handle(call)),
  );
}

/** A filter that is not understood would answer more than was asked for: its sender is told. */
function warnOfUnknown(response: Response, parameters: Query, { query }: Operation): void {
  const isKnown = (name: string) =>
    Object.hasOwn(query, name) || (name.includes('.') && query[name.split('.')[0]!]?.hasPaths === true);
  warnOfIgnored(
    response,
    'unknown parameters',
    parameters.names().filter((name) => !isKnown(name)),
  );
}

/** Scale ignores members of a body that it does not know, and its clients send such; on our own routes they are refused. */
function unknownMembersOf({ selects }: Operation, response: Response): UnknownMembers | undefined {
  if (response.locals.shape !== 'scale') return undefined;
  return {
    ignored: (names) => warnOfIgnored(response, 'unknown members', names),
    ...(selects && { isMeant: (name, known) => nearest(name, known) !== undefined }),
  };
}

function operationOf(methods: Route['methods'], method: string): Operation | undefined {
  if (method === 'HEAD') return methods.HEAD ?? methods.GET;
  return Object.hasOwn(methods, method) ? methods[method as Method] : undefined;
}
