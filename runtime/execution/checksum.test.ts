import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checksum } from './checksum.ts';

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
