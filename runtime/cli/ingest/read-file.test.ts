import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { rm, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { lookAt, readWhole } from './read-file.ts';

describe('readWhole', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await temporaryDirectory();
  });
  afterAll(() => rm(directory, { recursive: true }));
  const { signal } = new AbortController();

  it('gives size, version and checksum of one and the same content', async () => {
    const file = path.join(directory, 'a');
    await writeFile(file, 'content');
    const sha256 = createHash('sha256').update('content').digest('hex');
    expect(await readWhole(file, signal)).toEqual({ ...(await lookAt(file)), sha256 });
  });

  it('gives up a file that changes each time that it is read', async () => {
    const file = path.join(directory, 'busy');
    await writeFile(file, '');
    await truncate(file, 2 ** 26);
    let isOver = false;
    let second = 1;
    const touching = (async () => {
      while (!isOver) await utimes(file, second, second++);
    })();
    await expect(readWhole(file, signal)).rejects.toThrow('it changes while it is read');
    isOver = true;
    await touching;
  });

  it('stops when it is told to', async () => {
    const file = path.join(directory, 'a');
    await expect(readWhole(file, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});
