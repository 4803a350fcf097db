import { chmod, chown, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { placeIn, type Place } from './place.ts';
import { makeSocketDirectory } from './socket-directory.ts';

let directory: string;
let place: Place;
let before: string | undefined;
/** Root's server would be another user. */
const user = isRoot ? { uid: unknownUser, gid: unknownUser } : undefined;

beforeEach(async () => {
  directory = await temporaryDirectory();
  place = placeIn(path.join(directory, 'home with a long name '.repeat(8), 'database'));
  before = process.env.XDG_RUNTIME_DIR;
  process.env.XDG_RUNTIME_DIR = directory;
});
afterEach(async () => {
  if (before === undefined) delete process.env.XDG_RUNTIME_DIR;
  else process.env.XDG_RUNTIME_DIR = before;
  await rm(directory, { recursive: true });
});

describe('makeSocketDirectory', () => {
  it("is short, the same every time, and the server's user's only", async () => {
    const made = await makeSocketDirectory(place, user);
    expect(await makeSocketDirectory(place, user)).toBe(made);
    expect(path.dirname(made)).toBe(directory);
    expect(path.basename(made)).toMatch(/^seedbed-[0-9a-f]{12}$/);
    const { mode, uid } = await stat(made);
    expect([mode & 0o777, uid]).toEqual([0o700, user?.uid ?? process.getuid!()]);
  });

  it('is another one for another place', async () => {
    const other = placeIn(path.join(directory, 'other'));
    expect(await makeSocketDirectory(other, user)).not.toBe(await makeSocketDirectory(place, user));
  });

  it('stays within the length of a socket path', async () => {
    const long = path.join(directory, 'x'.repeat(80));
    await mkdir(long);
    process.env.XDG_RUNTIME_DIR = long;
    const made = await makeSocketDirectory(place, user);
    await rm(made, { recursive: true });
    expect(path.dirname(made)).not.toBe(long);
    expect(Buffer.byteLength(`${made}/.s.PGSQL.5432`)).toBeLessThanOrEqual(103);
  });

  it.each(['', 'relative', '/nowhere/at/all'])('does without an XDG_RUNTIME_DIR of %j', async (value) => {
    process.env.XDG_RUNTIME_DIR = value;
    const made = await makeSocketDirectory(place, user);
    await rm(made, { recursive: true });
    expect(path.isAbsolute(made)).toBe(true);
  });

  it('refuses a directory that others may enter', async () => {
    await chmod(await makeSocketDirectory(place, user), 0o755);
    await expect(makeSocketDirectory(place, user)).rejects.toThrow('is open to other users');
  });

  it('refuses a link and a file', async () => {
    const made = await makeSocketDirectory(place, user);
    await rm(made, { recursive: true });
    await writeFile(made, '');
    if (user) await chown(made, user.uid, user.gid);
    await expect(makeSocketDirectory(place, user)).rejects.toThrow('is not a directory');
    await rm(made);
    await symlink(directory, made);
    await expect(makeSocketDirectory(place, user)).rejects.toThrow('is not a directory');
  });

  if (isRoot) {
    it("refuses somebody else's", async () => {
      const made = await makeSocketDirectory(place, user);
      await chown(made, 7, 7);
      await expect(makeSocketDirectory(place, user)).rejects.toMatchObject({
        error: 'embedded-database-failed',
        message: expect.stringContaining('belongs to the user 7'),
      });
    });

    it('gives the server what a killed predecessor had just made', async () => {
      const made = await makeSocketDirectory(place, user);
      await chown(made, 0, 0);
      expect((await stat(await makeSocketDirectory(place, user))).uid).toBe(unknownUser);
    });

    it('does not use a directory that the server cannot enter', async () => {
      await chmod(directory, 0o700);
      const made = await makeSocketDirectory(place, user);
      await rm(made, { recursive: true });
      expect(path.dirname(made)).not.toBe(directory);
    });
  }
});
