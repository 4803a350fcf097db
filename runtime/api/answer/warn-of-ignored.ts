import type { Response } from 'express';
import { cut } from '../safety/cut.ts';

/**
 * Names in the answer's `Warning` what of a request was not understood and so ignored (RFC 7234, 5.5).
 * @param what e.g. `unknown parameters`
 */
export function warnOfIgnored(response: Response, what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  // Cut off, a name may end in half a character, which cannot be encoded.
  const shown = names.slice(0, 20).map((name) => encodeURIComponent(cut(name, 100)));
  response.append('Warning', `299 seedbed "${what} are ignored: ${shown.join(', ')}"`);
}
