import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { NumberMap, numberOf } from './number-map.ts';

describe('a map of numbers', () => {
  it('keeps what a Map keeps', () => {
    const map = new NumberMap();
    const expected = new Map<number, number>();
    for (let at = 0; at < 5000; at++) {
      // Many meet in the same place: all are multiples of a power of two.
      const key =
        at % 3 === 0 ? (at % 700) * 4096 : numberOf(createHash('sha256').update(`${at}`).digest('hex'));
      map.set(key, at);
      expected.set(key, at);
    }
    expect(map.size).toBe(expected.size);
    expect([...expected].filter(([key, value]) => map.get(key) !== value)).toEqual([]);
    expect([map.get(0), map.get(1), map.get(2 ** 52)]).toEqual([expected.get(0), undefined, undefined]);
  });
});
