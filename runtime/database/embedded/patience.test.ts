import { describe, expect, it } from '@jest/globals';
import { Patience } from './patience.ts';

describe('Patience', () => {
  it('lasts as long as the state allows, from when the state began', () => {
    const waiting = new Patience({ short: -1, long: 60_000 });
    expect(waiting.isOver('long')).toBe(false);
    expect(waiting.isOver('short')).toBe(true);
    expect(waiting.isOver('long')).toBe(false);
  });

  it('ends when states only follow one another', () => {
    const waiting = new Patience({ one: 60_000, two: 60_000 });
    const over = Array.from({ length: 202 }, (_, round) => waiting.isOver(round % 2 ? 'one' : 'two'));
    expect(over.indexOf(true)).toBe(200);
  });
});
