import { describe, expect, it } from '@jest/globals';
import { mapInParallel } from './in-parallel.ts';

describe('mapInParallel', () => {
  it('keeps the order, and to the width', async () => {
    let running = 0;
    let most = 0;
    const work = async (item: number) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return item * 2;
    };
    expect(await mapInParallel([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10]);
    expect(most).toBe(2);
  });

  it('throws the first failure in order, begins nothing after one, and ends when all that was begun has', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const work = async (item: number) => {
      begun.push(item);
      if (item === 0) await held;
      else release();
      ended.push(item);
      throw new Error(`item ${item}`);
    };
    await expect(mapInParallel([0, 1, 2, 3], 2, work)).rejects.toThrow('item 0');
    expect(begun).toEqual([0, 1]);
    expect(ended).toEqual([1, 0]);
  });
});
