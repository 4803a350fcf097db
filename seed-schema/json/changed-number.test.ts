import { describe, expect, it } from '@jest/globals';
import { changedNumber } from './find-changed-number.ts';

describe('numbers that a service gets as JSON', () => {
  it.each([
    ...['0.50', '1e3', '1.10', '1000', '-0', '0', '0.1', '[1.5, {"a": -2.50e-3}]', '9007199254740991'],
    ...[
      '1.0000000000000000000',
      '10000000000000000000e-19',
      '[0.30000000000000004]',
      '-1.7976931348623157e308',
    ],
    // As C and jq print a tenth.
    ...['0.10000000000000001', '0.100000000000000005551', '1.00000000000000006e-01'],
  ])('%s arrives as it is', (text) => {
    expect(changedNumber(text)).toBeUndefined();
  });

  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['[1, {"n": 0.12345678901234567891}]', '0.12345678901234567891'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['0.12345678901234567', '0.12345678901234567'],
    ['-9007199254740993.0', '-9007199254740993.0'],
    ['1e400', '1e400'],
    ['{"n": 1e-400}', '1e-400'],
  ])('%s would not', (text, number) => {
    expect(changedNumber(text)?.number).toBe(number);
  });

  it('are not looked for in strings', () => {
    const text = '["12345678901234567890", "a\\"12345678901234567890", "a: 12345678901234567890 "]';
    expect(changedNumber(text)).toBeUndefined();
  });

  it('are told with their place', () => {
    expect(changedNumber('{"a": 0.125, "b": [1,-12345678901234567891]}')).toEqual({
      path: 'b[1]',
      number: '-12345678901234567891',
    });
    // As a double is written.
    expect(changedNumber('[1152921504606847000]')).toBeUndefined();
    expect(changedNumber('[1152921504606846976]')).toEqual({ path: '[0]', number: '1152921504606846976' });
  });
});
