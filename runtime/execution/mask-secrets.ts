import { secretMask } from '../manifest/names.ts';
import { secretSpans } from './secret-spans.ts';

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
  for (const { start, end } of secretSpans(text, secrets)) {
    masked += text.slice(shownUpTo, start) + secretMask;
    shownUpTo = end;
  }
  return masked + text.slice(shownUpTo);
}
