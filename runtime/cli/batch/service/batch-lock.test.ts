import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lockBatch } from './batch-lock.ts';

let directory: string;
let lock: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-'));
  lock = path.join(directory, '.seedbed-batch.lock');
});
afterEach(() => rm(directory, { recursive: true }));

const inUse = expect.objectContaining({ error: 'batch-in-use' });

describe('lockBatch', () => {
  it('keeps others out until it is given back', async () => {
    const unlock = await lockBatch(directory);
    await expect(lockBatch(directory)).rejects.toEqual(inUse);
    await unlock();
    await (
      await lockBatch(directory)
    )();
    expect(await readdir(directory)).toEqual([]);
  });

  it('lets one of many in', async () => {
    await writeFile(lock, JSON.stringify({ pid: 2 ** 22 + 1, host: 'x', began: '1' }));
    await expect(lockBatch(directory)).rejects.toEqual(inUse);
    await rm(lock);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockBatch(directory)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('counts for nothing when its process is gone, or the number is another process’s now', async () => {
    const unlock = await lockBatch(directory);
    const holder = JSON.parse(await readFile(lock, 'utf8')) as object;
    await unlock();
    for (const stale of [{ ...holder, pid: 2 ** 22 + 1 }, { ...holder, began: '1' }, 'half of i']) {
      await writeFile(lock, JSON.stringify(stale).slice(0, typeof stale === 'string' ? 5 : undefined));
      await (
        await lockBatch(directory)
      )();
    }
    expect(await readdir(directory)).toEqual([]);
  });
});
