import { canonicalJson } from '../dag/index.ts';

/**
 * One text for one value: RFC 8785 where that says all, so that white space and the order of members do not count. A text
 * with a number that a double does not hold, such as 12345678901234567891, stands for itself: RFC 8785 would make it equal
 * to its neighbours, and a job that reads the text could tell.
 * @param text the value as the job reads it; undefined: there is none besides the value
 */
export function exactJson(value: unknown, text?: string): string {
  return text === undefined || typeof value === 'string' || keepsDigits(text)
    ? canonicalJson(value)
    : text.trim();
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gs;

function keepsDigits(json: string): boolean {
  for (const [token] of json.matchAll(stringOrNumber))
    if (!token.startsWith('"') && !keepsDigitsOf(token)) return false;
  return true;
}

function keepsDigitsOf(token: string): boolean {
  const read = String(Number(token));
  return read === token || digitsOf(token) === digitsOf(read);
}

/** A number without what may be written in several ways: its digits, and the power of ten of the last one. */
function digitsOf(number: string): string {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([-+]?\d+))?$/i.exec(number) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${power}`;
}
