import { describe, expect, it } from '@jest/globals';
import { Stability } from './stability.ts';

const entry = (size: number, modified: number) => ({
  ...{ path: 'x', size, version: `${modified}-1` },
  modified: new Date(modified).toISOString(),
});
const at = (ms: number) => ({ wall: 1_000_000 + ms, running: ms });

describe('Stability', () => {
  it('takes what was not changed for a while at the first look', () => {
    const stability = new Stability(10_000, 1000);
    expect(stability.isComplete('x', entry(1, 990_000), at(0), true)).toBe(true);
    expect(stability.isComplete('y', entry(1, 990_001), at(0), true)).toBe(false);
  });

  it('takes what is the same at two looks, be the clocks of two machines as they may', () => {
    const stability = new Stability(10_000, 1000);
    const future = entry(1, 5_000_000);
    expect(stability.isComplete('x', future, at(0), true)).toBe(false);
    expect(stability.isComplete('x', future, at(999), true)).toBe(false);
    expect(stability.isComplete('x', future, at(1000), true)).toBe(true);
  });

  it('begins anew when it grows', () => {
    const stability = new Stability(10_000, 1000);
    for (const [size, ms] of [
      [1, 0],
      [2, 1000],
      [3, 2000],
    ] as const)
      expect(stability.isComplete('x', entry(size, 1_000_000), at(ms), true)).toBe(false);
    expect(stability.isComplete('x', entry(3, 1_000_000), at(3000), true)).toBe(true);
  });

  it('counts the last look at a file with its suffix as the first one', () => {
    const stability = new Stability(10_000, 1000);
    expect(stability.isComplete('x', entry(1, 900_000), at(0), false)).toBe(false);
    expect(stability.isComplete('x', entry(1, 1_000_000), at(0), false)).toBe(false);
    expect(stability.isComplete('x', entry(1, 1_000_000), at(1000), true)).toBe(true);
  });

  it('forgets what went away', () => {
    const stability = new Stability(10_000, 1000);
    stability.isComplete('x', entry(1, 1_000_000), at(0), true);
    stability.endTurn();
    expect(stability.waiting).toBe(1);
    stability.endTurn();
    expect(stability.waiting).toBe(0);
  });
});
