import { describe, expect, it } from '@jest/globals';
import { asCompleted } from './as-completed.ts';

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

describe('asCompleted', () => {
  it('yields results as they come, so many at a time', async () => {
    let running = 0;
    let most = 0;
    const ends = new Map<number, () => void>();
    const source = asCompleted([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++running);
      if (item === 1) await new Promise<void>((resolve) => ends.set(item, resolve));
      running--;
      if (item === 5) ends.get(1)!();
      return item;
    });
    expect(await collect(source)).toEqual([2, 3, 4, 5, 1]);
    expect(most).toBe(2);
  });

  it('begins no more than a consumer takes', async () => {
    let begun = 0;
    const source = asCompleted(Array(100).fill(0), 3, async () => ++begun);
    await source.next();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBeLessThanOrEqual(4);
    await source.return();
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBeLessThanOrEqual(4);
  });

  it("throws the source's failure after all results before it", async () => {
    async function* failing() {
      yield 1;
      yield 2;
      throw new Error('the source');
    }
    const seen: number[] = [];
    const consume = async () => {
      for await (const each of asCompleted(failing(), 8, async (item) => item)) seen.push(each);
    };
    await expect(consume()).rejects.toThrow('the source');
    expect(seen).toEqual([1, 2]);
  });

  it("throws the work's failure", async () => {
    const source = asCompleted([1, 2], 2, async () => {
      throw new Error('the work');
    });
    await expect(collect(source)).rejects.toThrow('the work');
  });
});
