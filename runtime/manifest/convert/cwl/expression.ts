/**
 * A value as JavaScript for an expression of CWL. What could end the expression or begin another one, and what
 * ECMAScript 5.1 does not allow in strings, is escaped.
 */
export function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Text for a field of CWL in which expressions are evaluated: as it is, or as an expression where it looks like one. */
export function plainText(text: string): string {
  return /[$\\]/.test(text) ? `\${ return ${literal(text)}; }` : text;
}
