/** Text or bytes. */
interface Searchable<Itself> {
  readonly length: number;
  indexOf(part: Itself, from: number): number;
}

/** `end` is exclusive; characters of a text, bytes of a buffer. */
export interface SecretSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Where secrets stand, in order. Those that overlap are one, so that no end of either is shown; those that only touch stay
 * apart. Empty secrets are nothing to hide.
 */
export function secretSpans<Shown extends Searchable<Shown>>(
  shown: Shown,
  secrets: Iterable<Shown>,
): SecretSpan[] {
  const found: SecretSpan[] = [];
  for (const secret of secrets) {
    if (secret.length === 0) continue;
    for (let start = shown.indexOf(secret, 0); start !== -1; start = shown.indexOf(secret, start + 1))
      found.push({ start, end: start + secret.length });
  }
  found.sort((a, b) => a.start - b.start);
  const merged: SecretSpan[] = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
