import type { Response } from 'express';

/**
 * Names in the answer's `Warning` what of a request was not understood and so ignored (RFC 7234, 5.5).
 * @param what e.g. `unknown parameters`
 */
export function warnOfIgnored(response: Response, what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  // Cut off, a name may end in half a character, which cannot be encoded.
  const shown = names.slice(0, 20).map((name) => encodeURIComponent(name.slice(0, 100).toWellFormed()));
  response.append('Warning', `299 seedbed "${what} are ignored: ${shown.join(', ')}"`);
}
