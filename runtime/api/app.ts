import express, { type ErrorRequestHandler, type Express, Router } from 'express';
import type { Access, AuditTrail } from '../auth/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Logger } from '../logging/index.ts';
import { type Shape, sendFailure } from './answer/failure.ts';
import { toAnswerableError } from './answer/to-error.ts';
import { admitReader, metricsRoutes } from './observe/metrics.ts';
import { identify, requestIdOf } from './observe/request-id.ts';
import { logRequest, routeOf, watchRequests } from './observe/requests.ts';
import type { Once } from './once.ts';
import type { IfMatch } from './request/if-match.ts';
import type { Tracing } from '../tracing/index.ts';
import { traceRequests } from './observe/trace.ts';
import { mount, type Route } from './route.ts';
import { noteAddress } from './safety/client-address.ts';
import { guardOrigin } from './safety/cors.ts';
import { guardAccess, guardAddress, guardHost, inviteBody } from './safety/guard.ts';
import { safetyHeaders } from './safety/headers.ts';
import type { HostRule } from './safety/hosts.ts';
import { overseer } from './safety/oversee.ts';

/** Scale's prefixes, which its web client asks below `/api` too; both versions are the same. */
export const prefixes = ['/v6', '/v7', '/api/v6', '/api/v7'];

export interface AppOptions {
  readonly access: Access;
  readonly audit: AuditTrail;
  readonly hosts: () => HostRule;
  /** Of web pages that may ask, lower case. */
  readonly origins: readonly string[];
  /** Addresses and networks of proxies that say where a request comes from. */
  readonly proxies: readonly string[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing | undefined;
  /** Opens `GET /metrics` alone. */
  readonly metricsToken: string | undefined;
  /** Below the prefixes, for whom a token names. */
  readonly routes: readonly Route[];
  /** At the root and below `/api`, for anyone. */
  readonly openRoutes: readonly Route[];
  /** Milliseconds for a JSON body to arrive. */
  readonly bodyMs?: number;
  /** Bytes of one JSON body. */
  readonly mostBytes: number;
  readonly once: Once;
  readonly ifMatch: IfMatch;
}

/** The whole of what answers requests: what every request must pass, then the routes, then failures. */
export function makeApp(options: AppOptions): Express {
  const { access, audit, hosts, origins, proxies, logger, metrics, tracing, metricsToken } = options;
  const { routes, openRoutes, mostBytes, bodyMs, once, ifMatch } = options;
  const app = express();
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('query parser', false)
    .set('trust proxy', [...proxies]);
  app.use(identify, noteAddress);
  app.use(
    watchRequests((ended) => {
      metrics.request(ended);
      logRequest(logger, ended);
    }),
  );
  app.use(safetyHeaders, guardHost(hosts), guardOrigin(origins));
  const mounting = {
    mostBytes,
    once,
    ifMatch,
    oversee: overseer(audit, logger),
    ...(bodyMs !== undefined && { bodyMs }),
  };
  const open = Router();
  open.use(
    openRoutes.flatMap(({ path }) => [path, `/api${path}`]),
    guardAddress,
    inviteBody,
  );
  mount(open, openRoutes, mounting);
  const below = Router();
  mount(below, openRoutes, mounting);
  app.use(open, Router().use('/api', below));
  const measured = Router();
  mount(measured, metricsRoutes(metrics), mounting);
  app.use(admitReader(metricsToken, measured));
  app.use(guardAccess(access), inviteBody, guardAddress);
  app.use(measured);
  const router = Router();
  mount(router, routes, mounting);
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
  const { socket } = request;
  const late = setTimeout(() => socket?.destroy(), drainTime);
  late.unref();
  request.once('close', () => clearTimeout(late)).resume();
}
