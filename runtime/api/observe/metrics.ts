import type { RequestHandler } from 'express';
import { carriesToken } from '../../auth/index.ts';
import type { Metrics } from '../../metrics/index.ts';
import { operation } from '../operation.ts';
import type { Route } from '../route.ts';
import { setPrincipal } from '../safety/principal.ts';

/** What Prometheus reads: `metrics`, without prefix. */
export function metricsRoutes(metrics: Metrics): Route[] {
  return [
    {
      path: '/metrics',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Read what the service measures',
          description:
            'In the text format of Prometheus. The token of SEED_METRICS_TOKEN opens this, and nothing else.',
          role: 'viewer',
          answers: { 200: { words: 'Measurements.', types: ['text/plain'] } },
          handle: async ({ response }) => {
            response
              .status(200)
              .set('Content-Type', metrics.contentType)
              .send(await metrics.text());
            return undefined;
          },
        }),
      },
    },
  ];
}

/** Lets through to `metrics` who has the token of its own, and leaves all others to the guard. */
export function admitReader(token: string | undefined, serve: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const isReader = token !== undefined && request.method === 'GET' && /^\/metrics\/?$/.test(request.path);
    if (!isReader || !carriesToken(request.headers.authorization, token)) return next();
    setPrincipal(response, { actor: 'metrics', role: 'viewer' });
    return serve(request, response, next);
  };
}
