import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { inChunks, joined, packedAtOnce, PackedList } from './packed-list.ts';

const values = (count: number) => Array.from({ length: count }, (_, n) => ({ n, text: `value ${n} ü` }));

describe('PackedList', () => {
  it.each([0, 1, packedAtOnce - 1, packedAtOnce, 2 * packedAtOnce + 3])(
    'gives %d values back in order',
    (count) => {
      const list = new PackedList<{ n: number }>();
      list.push(...values(count));
      expect(list).toHaveLength(count);
      expect([...list]).toEqual(values(count));
      expect([...list]).toEqual(values(count));
    },
  );

  it('keeps no value as an object', () => {
    const list = new PackedList<{ n: number; inner: number[] }>();
    const value = { n: 1, inner: [1] };
    list.push(value);
    value.inner.push(2);
    expect([...list]).toEqual([{ n: 1, inner: [1] }]);
    expect([...list][0]).not.toBe([...list][0]);
  });

  it('holds no more memory for a chunk than the chunk takes', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const held = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers;
    };
    const list = new PackedList<number>();
    const before = held();
    const chunks = 400;
    for (let n = 0; n < chunks * packedAtOnce; n++) list.push(n % packedAtOnce);
    expect((held() - before) / chunks).toBeLessThan(4096);
    expect(list).toHaveLength(chunks * packedAtOnce);
  });

  it('gives values back that are too large for one chunk', () => {
    const list = new PackedList<string>();
    const large = Array.from({ length: 5 }, (_, n) => `${n}`.repeat(600_000));
    list.push(...large);
    expect([...list].map((text) => [text[0], text.length])).toEqual(large.map((text) => [text[0], 600_000]));
  });
});

describe('inChunks', () => {
  it('takes no item before its chunk is asked for', () => {
    let taken = 0;
    const items = function* () {
      while (taken < 5) yield taken++;
    };
    const chunks = inChunks(items(), 2);
    expect(taken).toBe(0);
    expect(chunks.next().value).toEqual([0, 1]);
    expect(taken).toBe(2);
    expect([...chunks]).toEqual([[2, 3], [4]]);
  });
});

describe('joined', () => {
  it('is one list of many, as often as one likes', () => {
    const all = joined([[1, 2], [], [3]]);
    expect(all).toHaveLength(3);
    expect([...all]).toEqual([1, 2, 3]);
    expect([...all]).toEqual([1, 2, 3]);
    expect(joined([])).toHaveLength(0);
  });
});
