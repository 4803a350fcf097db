import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import { SeedbedError } from '../errors/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Logger } from '../logging/index.ts';
import { type Shape, sendFailure } from './answer/failure.ts';
import { toAnswerableError } from './answer/to-error.ts';
import { healthRoutes } from './observe/health.ts';
import { admitReader, metricsRoutes } from './observe/metrics.ts';
import type { Check } from './observe/readiness.ts';
import { identify, requestIdOf } from './observe/request-id.ts';
import { logRequest, routeOf, watchRequests } from './observe/requests.ts';
import type { Tracing } from '../tracing/index.ts';
import { traceRequests } from './observe/trace.ts';
import { actor } from './actor.ts';
import { mount, type Route } from './route.ts';
import { guardAddress, guardHost, guardToken } from './safety/guard.ts';
import type { HostRule } from './safety/hosts.ts';

/** Scale's prefixes, which its web client asks below `/api` too; both versions are the same. */
export const prefixes = ['/v6', '/v7', '/api/v6', '/api/v7'];

export interface AppOptions {
  readonly token: string;
  readonly hosts: () => HostRule;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  /** Opens `GET /metrics` alone. */
  readonly metricsToken: string | undefined;
  /** What keeps the service from its work. */
  readonly ready: () => Promise<Check[]>;
  readonly routes: readonly Route[];
  /** Bytes of one JSON body. */
  readonly mostBytes: number;
}

/** The whole of what answers requests: what every request must pass, then the routes, then failures. */
export function makeApp(options: AppOptions): Express {
  const { token, hosts, logger, metrics, tracing, metricsToken, ready, routes, mostBytes } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.use(identify);
  app.use(
    watchRequests((ended) => {
      metrics.request(ended);
      logRequest(logger, ended);
    }),
  );
  app.use(guardHost(hosts));
  const open = Router();
  mount(open, healthRoutes(ready), { mostBytes });
  app.use(open);
  const measured = Router();
  mount(measured, metricsRoutes(metrics), { mostBytes });
  app.use(admitReader(metricsToken, measured));
  app.use(guardToken(token), guardAddress, (_request, response, next) => {
    response.locals.actor ??= actor;
    next();
  });
  app.use(measured);
  const router = Router();
  mount(router, routes, { mostBytes });
  app.use(prefixes, traceRequests(tracing), router);
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
      logger.error(
        {
          request: requestIdOf(response),
          err: error.cause ?? error,
          method: request.method,
          route: routeOf(response),
        },
        error.message,
      );
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
