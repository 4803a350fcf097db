import { createHash, timingSafeEqual } from 'node:crypto';

/** The token of a header `Authorization`: `Token <token>`, as Scale's clients send it, or `Bearer <token>`. */
export function tokenOf(header: string | undefined): string | undefined {
  return /^(?:token|bearer) +([\x21-\x7e]{1,512}) *$/i.exec(header ?? '')?.[1];
}

/** Whether a header carries this token. The time that it takes says nothing about the token. */
export function carriesToken(header: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(tokenOf(header) ?? ''), digest(token));
}

/** `timingSafeEqual` takes equal lengths only. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
