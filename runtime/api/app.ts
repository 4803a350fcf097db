import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { SeedbedError } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import { type Shape, sendFailure } from './answer/failure.ts';
import { toAnswerableError } from './answer/to-error.ts';
import { mount, type Route } from './route.ts';
import { guardAddress, guardHost, guardToken } from './safety/guard.ts';
import type { HostRule } from './safety/hosts.ts';

/** Scale's prefixes, which its web client asks below `/api` too; both versions are the same. */
export const prefixes = ['/v6', '/v7', '/api/v6', '/api/v7'];

export interface AppOptions {
  readonly token: string;
  readonly hosts: () => HostRule;
  readonly logger: Logger;
  /** Below the prefixes, with a token. */
  readonly routes: readonly Route[];
  /** Below none, without a token. */
  readonly openRoutes: readonly Route[];
  /** Bytes of one JSON body. */
  readonly mostBytes: number;
}

/** The whole of what answers requests: what every request must pass, then the routes, then failures. */
export function makeApp({ token, hosts, logger, routes, openRoutes, mostBytes }: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.use(guardHost(hosts));
  const open = Router();
  mount(open, openRoutes, { mostBytes });
  app.use(open);
  app.use(guardToken(token), guardAddress);
  const router = Router();
  mount(router, routes, { mostBytes });
  app.use(prefixes, router);
  app.use((request) => {
    throw new SeedbedError('not-found', { what: `address ${JSON.stringify(request.path.slice(0, 200))}` });
  });
  app.use(failures(logger));
  return app;
}

/** Met here once: what is the service's own fault is logged, everything is answered. */
function failures(logger: Logger): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const error = toAnswerableError(thrown);
    if (error.definition.status >= 500)
      logger.error({ err: error.cause ?? error, method: request.method, path: request.path }, error.message);
    drain(request);
    sendFailure(response, error, (response.locals.shape as Shape | undefined) ?? 'scale');
  };
}

/** Milliseconds for a refused body to arrive all the same, so that its sender reads the answer before the connection ends. */
const drainTime = 5_000;

function drain(request: express.Request): void {
  if (request.complete) return;
  const late = setTimeout(() => request.socket.destroy(), drainTime);
  late.unref();
  request.once('close', () => clearTimeout(late)).resume();
}
