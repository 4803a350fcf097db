import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checksum, mapInParallel } from './checksum.ts';

describe('checksum', () => {
  let directory: string;
  beforeAll(async () => (directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-checksum-'))));
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it.each([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1, 3 * 2 ** 20])(
    'reads a file of %d bytes whole',
    async (size) => {
      const file = path.join(directory, `${size}`);
      const content = Buffer.alloc(size, 'content');
      await writeFile(file, content);
      expect(await checksum(file)).toEqual({
        size,
        sha256: createHash('sha256').update(content).digest('hex'),
      });
    },
  );

  it('reads on where the file system does not tell a size', async () => {
    const { size } = await checksum('/proc/self/status');
    expect(size).toBeGreaterThan(0);
  });
});

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
