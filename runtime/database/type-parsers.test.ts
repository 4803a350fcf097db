import { describe, expect, it } from '@jest/globals';
import { parseInt8, parseTimestamp } from './type-parsers.ts';

describe('parseTimestamp', () => {
  it.each([
    ['2019-09-10 20:27:53.03111+00', '2019-09-10T20:27:53.031110Z'],
    ['2019-09-10 20:27:53+00', '2019-09-10T20:27:53.000000Z'],
    ['2019-09-10 20:27:53.000001+00', '2019-09-10T20:27:53.000001Z'],
    ['10000-01-01 00:00:00+00', '10000-01-01T00:00:00.000000Z'],
    ['infinity', 'infinity'],
    ['-infinity', '-infinity'],
    ['0044-03-15 00:00:00+00 BC', '0044-03-15 00:00:00+00 BC'],
  ])('%s → %s', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });
});

describe('parseInt8', () => {
  it('takes what a number holds exactly', () => {
    expect(parseInt8('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
  });

  it('refuses the rest', () => {
    expect(() => parseInt8('9007199254740993')).toThrow('9007199254740993');
  });
});
