import type { JsonPath } from '../path.ts';

/** A number that a double does not hold, and where it stands. */
export interface ChangedNumber {
  readonly path: JsonPath;
  /** As it is written. */
  readonly number: string;
}

/** What is wrong with such a number, to follow its name. Pure. */
export function changedWords(number: string): string {
  return `is ${number}, which would arrive as ${Number(number)}; have the input take a string, which keeps every digit`;
}

/**
 * Whether a number, as it is written in JSON or YAML, is the same one after it was a double: it comes back with the same digits,
 * however they are spelled (`1.10`, `1e3`). A fraction may also have more of the digits that its double has, as programs print
 * them that do not look for the shortest (0.10000000000000001). Pure.
 */
export function isKept(number: string): boolean {
  // Fifteen digits are always kept.
  if (number.length < 16 && !/e/i.test(number)) return true;
  const written = significant(number);
  const double = Number(number);
  if (written.text === significant(String(double)).text) return true;
  const { count } = written;
  return /[.e]/i.test(number) && count <= 100 && written.text === significant(double.toPrecision(count)).text;
}

/** Digits without leading and trailing zeros, and the power of ten of the last one; and how many digits these are. */
function significant(text: string): { readonly text: string; readonly count: number } {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^\+?(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  if (trimmed === '') return { text: '0', count: 1 };
  const power = Number(exponent) - fraction.length + digits.length - trimmed.length;
  return { text: `${sign}${trimmed}e${power}`, count: trimmed.length };
}
