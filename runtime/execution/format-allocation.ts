/** More digits than these are noise of binary fractions: 0.1 + 0.2 is 0.30000000000000004. */
const significantDigits = 15;

/**
 * An amount as the variables `ALLOCATED_*` give it (the standard, "Resources"): always with a decimal point, never with an
 * exponent: `5.0`, `0.25`.
 * @param amount finite
 */
export function formatAllocation(amount: number): string {
  const rounded = Number(amount.toPrecision(significantDigits));
  const short = String(rounded);
  if (!short.includes('e')) return short.includes('.') ? short : `${short}.0`;
  const [mantissa, exponent] = rounded.toExponential().split('e') as [string, string];
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  const point = Number(exponent) + 1;
  const whole = digits.slice(0, Math.max(point, 0)).padEnd(point, '0') || '0';
  const fraction = digits.slice(Math.max(point, 0));
  return `${sign}${whole}.${(point < 0 ? '0'.repeat(-point) : '') + fraction || '0'}`;
}
