import { describe, expect, it } from '@jest/globals';
import { changedNumber } from './json-fidelity.ts';

const changed = (environment: string) =>
  changedNumber({ value: JSON.parse(environment) as unknown, environment });

describe('numbers that a service gets as JSON', () => {
  it.each(['0.50', '1e3', '1000', '-0', '0', '0.1', '[1.5, {"a": -2.50e-3}]', '9007199254740991'])(
    '%s arrives as it is',
    (text) => {
      expect(changed(text)).toBeUndefined();
    },
  );

  it.each([
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['[1, {"n": 0.12345678901234567891}]', '0.12345678901234567891'],
    ['1e400', '1e400'],
  ])('%s would not', (text, number) => {
    expect(changed(text)).toBe(number);
  });

  it('are not looked for in strings', () => {
    expect(changed('["12345678901234567890", "a\\"12345678901234567890"]')).toBeUndefined();
    expect(
      changedNumber({ value: '12345678901234567890', environment: '12345678901234567890' }),
    ).toBeUndefined();
  });
});
