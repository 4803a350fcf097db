const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/**
 * A row in the text format of COPY: null is `\N`, arrays are arrays of text, other objects JSON. Pure.
 * @param values in the order of the columns
 */
export function copyRow(values: readonly unknown[]): string {
  let row = '';
  for (let at = 0; at < values.length; at++) {
    if (at > 0) row += '\t';
    row += field(values[at]);
  }
  return `${row}\n`;
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return escaped(
    typeof value === 'string' ? value : Array.isArray(value) ? arrayText(value) : JSON.stringify(value),
  );
}

function escaped(text: string): string {
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found]!) : text;
}

function arrayText(values: readonly unknown[]): string {
  return `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
