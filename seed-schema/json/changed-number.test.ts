import { describe, expect, it } from '@jest/globals';
import { changedInteger } from './changed-integer.ts';
import { changedNumber } from './changed-number.ts';

describe('numbers that a service gets as JSON', () => {
  it.each(['0.50', '1e3', '1000', '-0', '0', '0.1', '[1.5, {"a": -2.50e-3}]', '9007199254740991'])(
    '%s arrives as it is',
    (text) => {
      expect(changedNumber(text)).toBeUndefined();
      expect(changedInteger(text)).toBeUndefined();
    },
  );

  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['[1, {"n": 0.12345678901234567891}]', '0.12345678901234567891'],
    ['1e400', '1e400'],
  ])('%s would not', (text, number) => {
    expect(changedNumber(text)).toBe(number);
  });

  it('are not looked for in strings', () => {
    const text = '["12345678901234567890", "a\\"12345678901234567890", "a: 12345678901234567890 "]';
    expect(changedNumber(text)).toBeUndefined();
    expect(changedInteger(text)).toBeUndefined();
  });

  it('are told with their place where they are integers', () => {
    expect(changedInteger('{"a": 0.12345678901234567891, "b": [1,-12345678901234567891]}')).toEqual({
      path: 'b[1]',
      number: '-12345678901234567891',
    });
    // As a double is written.
    expect(changedInteger('[1152921504606847000]')).toBeUndefined();
    expect(changedInteger('[1152921504606846976]')).toEqual({ path: '[0]', number: '1152921504606846976' });
  });
});
