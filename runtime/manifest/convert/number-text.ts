import { endOfString } from '../../../seed-schema/json/depth.ts';

/** No string of a manifest has a NUL, so nothing else in it looks like this. */
const mark = '\0number:';
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses JSON with every number as a `NumberText`, so that `1.0` and digits that a double would lose stay as written.
 * @param json valid JSON
 */
export function parseWithNumberTexts(json: string): unknown {
  const pieces: string[] = [];
  for (let at = 0; at < json.length;) {
    const quote = json.indexOf('"', at);
    const end = quote === -1 ? json.length : quote;
    pieces.push(json.slice(at, end).replace(number, (digits) => `"\\u0000number:${digits}"`));
    at = quote === -1 ? end : endOfString(json, quote) + 1;
    pieces.push(json.slice(end, at));
  }
  return JSON.parse(pieces.join(''));
}

/** The JSON text of such a document, indented by 2. */
export function stringifyNumberTexts(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(/"\\u0000number:([^"]*)"/g, '$1');
}

/** The digits of a number in such a document; undefined for any other value. */
export function digitsOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith(mark) ? value.slice(mark.length) : undefined;
}
