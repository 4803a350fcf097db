import type { Request, RequestHandler, Response } from 'express';
import type { Principal } from '../../auth/index.ts';
import type { Logger } from '../../logging/index.ts';
import { requestIdOf } from './request-id.ts';

/** One request that is over. Holds nothing that a client wrote, but its id: addresses and queries may hold secrets. */
export interface EndedRequest {
  readonly request: string;
  /** One that is known; else `OTHER`. */
  readonly method: string;
  /** The pattern of its route below the prefix, e.g. `/jobs/:id`; `none` where none fits, or it was refused before. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  /** Of the answer, as sent, headers included. */
  readonly bytes: number;
  readonly actor: string | null;
  /** Whether its sender left before the answer ended. */
  readonly aborted: boolean;
  /** An answer that goes on for as long as somebody listens. */
  readonly stream: boolean;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Tells of each request when it is over. */
export function watchRequests(tell: (ended: EndedRequest) => void): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    const { socket } = request; // it is gone from the request once it has ended
    const sentBefore = socket.bytesWritten;
    response.once('close', () =>
      tell(ended(request, response, performance.now() - begun, socket.bytesWritten - sentBefore)),
    );
    next();
  };
}

/** One line for each request. */
export function logRequest(logger: Logger, { stream: _, aborted, ...ended }: EndedRequest): void {
  logger.info(aborted ? { ...ended, aborted } : ended, 'request');
}

/** The pattern of the route that answers, without the prefix; `none` where none does. */
export function routeOf(response: Response): string {
  return (response.locals as { readonly route?: string }).route ?? 'none';
}

function ended(request: Request, response: Response, ms: number, bytes: number): EndedRequest {
  const { principal } = response.locals as { readonly principal?: Principal };
  return {
    request: requestIdOf(response),
    method: methods.includes(request.method) ? request.method : 'OTHER',
    route: routeOf(response),
    status: response.statusCode,
    ms: Math.round(ms * 10) / 10,
    bytes,
    actor: principal?.actor ?? null,
    aborted: !response.writableFinished,
    stream: String(response.getHeader('Content-Type')).startsWith('text/event-stream'),
  };
}
