import type { RequestHandler } from 'express';
import { SeedbedError } from '../../errors/index.ts';
import { foreignOrigin } from './origin.ts';

const methods = 'GET, HEAD, POST, PUT, PATCH, DELETE';
/** What a page may send besides what browsers let every page send. */
const sent = [
  ...['Authorization', 'Content-Type', 'Content-Disposition', 'Idempotency-Key', 'If-Match', 'If-None-Match'],
  ...['If-Range', 'Range', 'Repr-Digest', 'Upload-Offset', 'Upload-Length', 'Last-Event-ID', 'X-Request-Id'],
].join(', ');
/** What a page may read besides what browsers let every page read. */
const read = [
  ...['Location', 'ETag', 'Link', 'Warning', 'Retry-After', 'Accept-Ranges', 'Content-Disposition'],
  ...['Content-Range', 'Repr-Digest', 'Upload-Offset', 'Upload-Length', 'WWW-Authenticate', 'X-Request-Id'],
].join(', ');

/**
 * Refuses requests of web pages of other origins, but those that are allowed. A browser never sends a login by itself (there
 * are no cookies), and never may: `Access-Control-Allow-Credentials` is not sent.
 * @param allowed origins, lower case
 */
export function guardOrigin(allowed: readonly string[]): RequestHandler {
  return (request, response, next) => {
    if (allowed.length > 0) response.vary('Origin');
    const foreign = foreignOrigin(request.headers);
    if (foreign === undefined) return next();
    const { origin } = request.headers;
    if (origin === undefined || !allowed.includes(origin.toLowerCase()))
      throw new SeedbedError('origin-refused', { origin: foreign });
    response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': read });
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined)
      return next();
    response.set({
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': sent,
      'Access-Control-Max-Age': '600',
    });
    response.status(204).end();
  };
}
