import { chmod, chown, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { isRoot } from '../../../test/support/database-users.ts';
import { canReach } from './reach.ts';

const stranger = { uid: 54_321, gid: 54_321 };
let directory: string;
let inner: string;
let file: string;

beforeEach(async () => {
  directory = await temporaryDirectory();
  inner = path.join(directory, 'inner');
  file = path.join(inner, 'file');
  await mkdir(inner);
  await writeFile(file, '');
  await chmod(inner, 0o755);
  await chmod(file, 0o644);
});
afterEach(() => rm(directory, { recursive: true }));

describe('canReach', () => {
  it('is true where the whole path is open', async () => {
    expect(await canReach(file, stranger)).toBe(true);
    expect(await canReach(inner, stranger)).toBe(true);
  });

  it('is false below a closed directory, through a link too', async () => {
    await symlink(file, path.join(directory, 'link'));
    await chmod(inner, 0o700);
    expect(await canReach(file, stranger)).toBe(false);
    expect(await canReach(inner, stranger)).toBe(false);
    expect(await canReach(path.join(directory, 'link'), stranger)).toBe(false);
    expect(await canReach(file, { uid: process.getuid!(), gid: process.getgid!() })).toBe(true);
  });

  it('is false for a closed file, and for a directory that can be passed but not read', async () => {
    await chmod(file, 0o600);
    await chmod(inner, 0o711);
    expect(await canReach(file, stranger)).toBe(false);
    expect(await canReach(inner, stranger)).toBe(false);
  });

  if (isRoot)
    it("goes by the owner's digit of the mode for the owner, by the group's for the group", async () => {
      await chown(file, stranger.uid, stranger.gid);
      await chmod(file, 0o044);
      expect(await canReach(file, stranger)).toBe(false);
      await chown(file, 0, stranger.gid);
      expect(await canReach(file, stranger)).toBe(true);
    });
});
