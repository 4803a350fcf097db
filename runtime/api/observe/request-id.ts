import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

/** Letters, digits and what ids are made of: nothing that could forge a line of a log. */
const sane = /^[\w.:@+/=-]{1,128}$/;

/** Gives every request an id, its own (`X-Request-Id`) or a new one, and names it in the answer. */
export const identify: RequestHandler = (request, response, next) => {
  const given = request.headers['x-request-id'];
  const id = typeof given === 'string' && sane.test(given) ? given : randomUUID();
  response.locals.requestId = id;
  response.set('X-Request-Id', id);
  next();
};

/** The id of the request that is answered. */
export function requestIdOf(response: Response): string {
  return String(response.locals.requestId);
}
