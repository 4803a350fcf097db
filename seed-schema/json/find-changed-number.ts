import type { ChangedNumber } from './changed-number.ts';
import { scanJson } from './syntax.ts';

/** Whether there may be one, by its digits or its exponent; looked for in every body that comes. */
const mayBe = /(?:^|[\s:,[])-?(?:\d[\d.]{15,}|[\d.]+[eE][+-]?\d{3,})/;

/** The first number in JSON text that would arrive at a service as another one, since JSON numbers are doubles there. Pure. */
export function changedNumber(text: string): ChangedNumber | undefined {
  return mayBe.test(text) ? scanJson(text).changed : undefined;
}
