import type { ChangedInteger } from './changed-number.ts';
import { scanJson } from './syntax.ts';

/** Whether there may be one; looked for in every body that comes. */
const longInteger = /(?:^|[\s:,[])-?\d{16,}(?:[\s,\]}]|$)/;

/** The first of the integers in JSON text that would be changed. Fractions are taken for what they are rounded to. Pure. */
export function changedInteger(text: string): ChangedInteger | undefined {
  return longInteger.test(text) ? scanJson(text).changed : undefined;
}
