import type { Request } from 'express';
import type { Principal } from '../../auth/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/**
 * The header `Idempotency-Key`: requests with the same one are carried out once.
 * @throws invalid-request
 */
export function idempotencyKeyOf({ headers }: Pick<Request, 'headers'>): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header);
  if (/^[\x20-\x7e]{1,255}$/.test(text)) return text;
  throw new SeedbedError('invalid-request', {
    problem: 'The header Idempotency-Key must have 1 to 255 printable ASCII characters',
  });
}

/** The same for jobs, which keep theirs for as long as they are there: apart from keys of other users and other makers. */
export function dedupeKeyOf(request: Request, { actor }: Principal): string | undefined {
  const key = idempotencyKeyOf(request);
  return key && `api:${actor}:${key}`;
}
