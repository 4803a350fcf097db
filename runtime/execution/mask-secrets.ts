const mask = '******';

/**
 * Replaces every secret in what is shown of variables and arguments, parts of a text included. Secrets that overlap are
 * masked as one, so that no end of either stays.
 * @param secrets values; empty ones are nothing to hide
 */
export function maskSecrets(text: string, secrets: ReadonlySet<string>): string;
export function maskSecrets(texts: readonly string[], secrets: ReadonlySet<string>): string[];
export function maskSecrets(
  record: Readonly<Record<string, string>>,
  secrets: ReadonlySet<string>,
): Record<string, string>;
export function maskSecrets(
  shown: string | readonly string[] | Readonly<Record<string, string>>,
  secrets: ReadonlySet<string>,
): string | string[] | Record<string, string> {
  if (typeof shown === 'string') return maskText(shown, secrets);
  if (isList(shown)) return shown.map((text) => maskText(text, secrets));
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, maskText(value, secrets)]));
}

function isList(shown: readonly string[] | Readonly<Record<string, string>>): shown is readonly string[] {
  return Array.isArray(shown);
}

function maskText(text: string, secrets: ReadonlySet<string>): string {
  let masked = '';
  let shownUpTo = 0;
  for (const { start, end } of merge(occurrences(text, secrets))) {
    masked += text.slice(shownUpTo, start) + mask;
    shownUpTo = end;
  }
  return masked + text.slice(shownUpTo);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function occurrences(text: string, secrets: ReadonlySet<string>): Span[] {
  const spans: Span[] = [];
  for (const secret of secrets)
    if (secret !== '')
      for (let start = text.indexOf(secret); start !== -1; start = text.indexOf(secret, start + 1))
        spans.push({ start, end: start + secret.length });
  return spans.sort((a, b) => a.start - b.start);
}

/** Spans that overlap become one; those that only touch stay apart. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
