import type { Request } from 'express';
import { SeedbedError } from '../../errors/index.ts';

/**
 * The header `Idempotency-Key`: requests with the same one are carried out once. It is kept apart from the keys that others
 * make.
 * @throws invalid-request
 */
export function idempotencyKey({ headers }: Request): string | undefined {
  const header = headers['idempotency-key'];
  if (header === undefined) return undefined;
  const text = String(header);
  if (!/^[\x20-\x7e]{1,255}$/.test(text))
    throw new SeedbedError('invalid-request', {
      problem: 'The header Idempotency-Key must have 1 to 255 printable ASCII characters',
    });
  return `api:${text}`;
}
