import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a header `Authorization` carries the token: `Token <token>`, as Scale's clients send it, or `Bearer <token>`. The
 * time that it takes says nothing about the token.
 */
export function carriesToken(header: string | undefined, token: string): boolean {
  const given = /^(?:token|bearer) +([\x21-\x7e]+) *$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

/** `timingSafeEqual` takes equal lengths only. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
