import { lstat, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { openServerLog, readLog } from './server-log.ts';

let directory: string;
let file: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
  file = path.join(directory, 'postgres.log');
});
afterEach(() => rm(directory, { recursive: true }));

describe('the server log', () => {
  it('goes on where it was, for its owner only', async () => {
    await writeFile(file, 'before\n');
    const log = await openServerLog(file, undefined);
    await log.file.write('now [7] this\nnow [8] that\n');
    expect(await readLog(log, 7)).toBe('now [7] this');
    expect(await readLog(log, 9)).toBe('now [7] this\nnow [8] that\n');
    await log.file.close();
    expect(await readFile(file, 'utf8')).toMatch(/^before\nnow/);
  });

  it('is never read by others', async () => {
    const log = await openServerLog(file, undefined);
    await log.file.close();
    expect((await lstat(file)).mode & 0o777).toBe(0o600);
  });

  it('begins anew at 1 MiB, and keeps one old one', async () => {
    for (const text of ['first', 'second', 'third']) {
      const log = await openServerLog(file, undefined);
      await log.file.write(text + ' '.repeat(1024 * 1024));
      await log.file.close();
    }
    expect(await readFile(file, 'utf8')).toMatch(/^third/);
    expect(await readFile(`${file}.1`, 'utf8')).toMatch(/^second/);
  });

  it('is not written through a link', async () => {
    await writeFile(path.join(directory, 'precious'), '');
    await symlink('precious', file);
    await expect(openServerLog(file, undefined)).rejects.toMatchObject({ code: 'ELOOP' });
  });
});
