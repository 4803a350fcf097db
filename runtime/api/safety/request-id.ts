import { randomUUID } from 'node:crypto';
import type { Response } from 'express';

/** What log and audit trail call this request; its sender is told in `X-Request-Id`. */
export function requestIdOf(response: Response): string {
  const known = response.locals.requestId as string | undefined;
  if (known !== undefined) return known;
  const made = randomUUID();
  response.locals.requestId = made;
  if (!response.headersSent) response.set('X-Request-Id', made);
  return made;
}
