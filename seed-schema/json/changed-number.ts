import type { JsonPath } from '../path.ts';

/** Strings, which may hold anything, and numbers. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The first number in JSON text that would arrive at a service as another one, since JSON numbers are doubles there: of more
 * than 17 digits, or out of range. Pure.
 */
export function changedNumber(text: string): string | undefined {
  return (text.match(token) ?? []).find((one) => !one.startsWith('"') && !isKept(one));
}

/** Whether a number, as it is written in JSON, is the same one after it was a double. */
export function isKept(number: string): boolean {
  return significant(number) === significant(String(Number(number)));
}

/** An integer that a double does not hold, and where it stands. */
export interface ChangedInteger {
  readonly path: JsonPath;
  /** As it is written. */
  readonly number: string;
}

/** What is wrong with such a number, to follow its name. Pure. */
export function changedWords(number: string): string {
  return `is ${number}, which would arrive as ${Number(number)}; beyond 9007199254740991 have the input take a string`;
}

/** Digits without leading and trailing zeros, and the power of ten of the last one. */
function significant(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  if (trimmed === '') return '0';
  return `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}
