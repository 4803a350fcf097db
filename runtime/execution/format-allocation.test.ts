import { describe, expect, it } from '@jest/globals';
import { formatAllocation } from './format-allocation.ts';

describe('formatAllocation', () => {
  it.each([
    [0, '0.0'],
    [5, '5.0'],
    [0.25, '0.25'],
    [128, '128.0'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.333333333333333'],
    [1.5, '1.5'],
    [100, '100.0'],
    [1e21, '1000000000000000000000.0'],
    [1e-7, '0.0000001'],
    [1.25e-9, '0.00000000125'],
    [123456.789, '123456.789'],
    [-2.5, '-2.5'],
  ])('%d is %s', (amount, text) => {
    expect(formatAllocation(amount)).toBe(text);
  });

  it('is read back as the same number, without an exponent', () => {
    for (let exponent = -12; exponent <= 15; exponent++)
      for (const mantissa of [1, 1.5, 2.25, 7.125, 9.99]) {
        const amount = Number(`${mantissa}e${exponent}`);
        const text = formatAllocation(amount);
        expect(text).toMatch(/^\d+\.\d+$/);
        expect(Number(text)).toBe(amount);
      }
  });
});
