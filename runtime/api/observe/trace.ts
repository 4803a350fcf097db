import type { RequestHandler, Response } from 'express';
import { isTraceparent, type Tracing } from '../../tracing/index.ts';
import { requestIdOf } from './request-id.ts';
import { routeOf } from './requests.ts';

/** Makes each request a span of its sender's trace. Where nothing is traced here, a job still keeps that trace, for others. */
export function traceRequests(tracing: Tracing | undefined): RequestHandler {
  return (request, response, next) => {
    const given = request.headers.traceparent;
    const parent = isTraceparent(given) ? given : undefined;
    const span = tracing?.request(parent);
    response.locals.traceparent = span?.traceparent ?? parent;
    if (span)
      response.once('close', () =>
        span.end({
          request: requestIdOf(response),
          method: request.method,
          route: routeOf(response),
          status: response.statusCode,
        }),
      );
    next();
  };
}

/** What jobs that this request submits are part of. */
export function traceOf(response: Response): string | undefined {
  return (response.locals as { readonly traceparent?: string }).traceparent;
}
