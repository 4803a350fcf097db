import type { JsonValue } from '../../../execution/index.ts';

/** Strings, which may hold anything, and numbers. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The first number in the text of a JSON value that would arrive at a service as another one, since JSON numbers are
 * doubles there: of more than 17 digits, or out of range. Pure.
 */
export function changedNumber({ value, environment }: JsonValue): string | undefined {
  if (typeof value === 'string') return undefined;
  return (environment.match(token) ?? []).find((text) => !text.startsWith('"') && !isKept(text));
}

function isKept(text: string): boolean {
  return significant(text) === significant(String(Number(text)));
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
