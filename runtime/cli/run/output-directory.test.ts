import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { removeTree } from '../../../test/support/cli-files.ts';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { makeDirectories } from './output-directory.ts';

let root: string;
beforeAll(async () => {
  root = await temporaryDirectory();
});
afterAll(() => removeTree(root));

describe('makeDirectories', () => {
  it('says which it made, innermost first, to one of all who race for the same', async () => {
    for (let round = 0; round < 20; round++) {
      const target = path.join(root, `${round}`, 'a', 'b');
      const all = await Promise.all(Array.from({ length: 8 }, () => makeDirectories(target)));
      expect(existsSync(target)).toBe(true);
      expect(all.flat().toSorted()).toEqual([
        path.dirname(path.dirname(target)),
        path.dirname(target),
        target,
      ]);
    }
  });

  it('refuses what is no directory, or cannot hold any', async () => {
    await writeFile(path.join(root, 'file'), '');
    await expect(makeDirectories(path.join(root, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeDirectories(path.join(root, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(makeDirectories('/proc/no-such/x')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
