import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Chunk,
  filledIn,
  outputOf,
  piecesOf,
  testStore,
  type TestStore,
  textOf,
  writeAll,
} from '../../test/support/log-output.ts';
import { fit } from './batch.ts';
import { nextSegment, sizesOf, tooMany } from './cap.ts';
import type { LogPiece, LogStore, Selection } from './index.ts';

let test: TestStore;
const capMiB = 1 / 16;
const cap = capMiB * 2 ** 20;

beforeAll(async () => {
  test = await testStore();
});

afterAll(() => test.remove());

async function sizeIn(directory: string): Promise<number> {
  const sizes = (await readdir(directory)).map(async (name) => (await stat(path.join(directory, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function expectTrue(pieces: readonly LogPiece[], whole: string, from = 0): void {
  expect(filledIn(pieces, whole, from)).toBe(whole);
}

describe('a log that is longer than its cap', () => {
  let store: LogStore;
  const chunks: Chunk[] = outputOf(20, 4000);

  beforeAll(async () => {
    store = test.store({ capMiB });
    await writeAll(store.writer(1, { resume: false }), chunks);
  });

  it('takes no more room than that', async () => {
    expect(textOf(chunks, 'combined').length).toBeGreaterThan(5 * cap);
    const size = await sizeIn(store.directoryOf(1));
    expect(size).toBeLessThanOrEqual(cap);
    expect(size).toBeGreaterThan(0.8 * cap);
  });

  it.each<Selection>(['stdout', 'stderr', 'combined'])(
    'has its beginning, one marker, and its newest part (%s)',
    async (selection) => {
      const whole = textOf(chunks, selection);
      const pieces = await piecesOf(store.read(1, selection));
      expectTrue(pieces, whole);
      const markers = pieces.filter(({ dropped }) => dropped > 0);
      expect(markers).toHaveLength(1);
      const text = markers[0]!.data.toString();
      expect(text).toMatch(/^\n\[seedbed: .* were dropped here, because the log is longer than its cap\]\n$/);
      const told = [...text.matchAll(/(\d+) bytes of/g)].reduce((sum, [, count]) => sum + Number(count), 0);
      expect(told).toBe(markers[0]!.dropped);
      const share = selection === 'combined' ? 1 : whole.length / textOf(chunks, 'combined').length;
      expect(markers[0]!.offset).toBeGreaterThan(0.3 * cap * share);
      expect(whole.length - markers[0]!.next).toBeGreaterThan(0.2 * cap * share);
    },
  );

  it.each<Selection>(['stdout', 'stderr', 'combined'])(
    'can be read from any offset (%s)',
    async (selection) => {
      const whole = textOf(chunks, selection);
      const [marker] = (await piecesOf(store.read(1, selection))).filter(({ dropped }) => dropped > 0);
      const edges = [marker!.offset, marker!.next].flatMap((edge) => [edge - 1, edge, edge + 1]);
      const steps = Array.from({ length: 40 }, (_, at) => Math.floor((whole.length * at) / 40));
      for (const from of [...edges, ...steps, whole.length])
        expectTrue(await piecesOf(store.read(1, selection, { from })), whole, from);
    },
  );

  it('tells in its plain files where it goes on', async () => {
    const text = await readFile(path.join(store.directoryOf(1), 'stdout.log'), 'utf8');
    expect(text).toMatch(
      /\n\[seedbed: the log goes on in stdout\.1\.log or the next file that is there\]\n$/,
    );
  });

  it('stays so when writer after writer goes on with it', async () => {
    for (let count = 250; count <= chunks.length; count += 250) {
      await writeAll(store.writer(2, { resume: true }), chunks.slice(0, count));
      expect(await sizeIn(store.directoryOf(2))).toBeLessThanOrEqual(cap);
      for (const selection of ['stdout', 'stderr', 'combined'] as const)
        expectTrue(await piecesOf(store.read(2, selection)), textOf(chunks.slice(0, count), selection));
    }
  });
});

describe('the cap', () => {
  const sizes = sizesOf(16);
  const MiB = 2 ** 20;

  it('is shared between the beginning and the newest part', () => {
    expect(sizes).toEqual({ head: 8 * MiB, tail: 8 * MiB, tailSegment: MiB });
  });

  it('gives what is left of the head to who goes on with it', () => {
    expect(nextSegment([], sizes)).toEqual({ part: 'head', room: 8 * MiB });
    expect(nextSegment([{ number: 0, part: 'head', bytes: 3 * MiB }], sizes)).toEqual({
      part: 'head',
      room: 5 * MiB,
    });
    expect(nextSegment([{ number: 0, part: 'head', bytes: 8 * MiB - 40 }], sizes).part).toBe('tail');
    expect(
      nextSegment(
        [
          { number: 0, part: 'head', bytes: MiB },
          { number: 1, part: 'tail', bytes: MiB },
        ],
        sizes,
      ).part,
    ).toBe('tail');
  });

  it('never drops the head, and the oldest of the tail first', () => {
    const tail = Array.from({ length: 9 }, (_, at) => ({
      number: at + 1,
      part: 'tail' as const,
      bytes: MiB,
    }));
    const kept = [{ number: 0, part: 'head' as const, bytes: 8 * MiB }, ...tail];
    expect(tooMany(kept, sizes).map(({ number }) => number)).toEqual([1, 2]);
    expect(tooMany(kept.slice(0, 8), sizes)).toEqual([]);
  });
});

describe('what fits into a segment', () => {
  const piece = (length: number) => ({ stream: 'stdout' as const, time: 1, data: Buffer.alloc(length) });
  const lengths = (pieces: readonly { data: Buffer }[]) => pieces.map(({ data }) => data.length);

  it.each([
    [200, [10, 10], [10, 10], []],
    [84, [10, 10], [10, 10], []],
    [83, [10, 10], [10, 9], [1]],
    [74, [10, 10], [10], [10]],
    [32, [10], [], [10]],
    [33, [10, 5], [1], [9, 5]],
  ])('of %d bytes', (room, given, fitting, left) => {
    const parts = fit(given.map(piece), room);
    expect([lengths(parts.fitting), lengths(parts.left)]).toEqual([fitting, left]);
  });
});
