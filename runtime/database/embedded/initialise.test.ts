import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { findBinaries } from './binaries.ts';
import { initialise, isBeingInitialised } from './initialise.ts';
import { placeIn, type Place } from './place.ts';
import { serverUser } from './server-user.ts';
import { requireSameVersion } from './version.ts';

let place: Place;
beforeEach(async () => {
  place = placeIn(await temporaryDirectory());
});
afterEach(() => rm(place.directory, { recursive: true, force: true }));

async function draftOf(pid: number): Promise<string> {
  const draft = `${place.data}.tmp-${pid}-0123abcd`;
  await mkdir(draft);
  await writeFile(path.join(draft, 'PG_VERSION'), '18');
  return draft;
}

async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'close');
  return child.pid!;
}

describe('initialise', () => {
  it('makes the data directory once, whoever else makes it, and sweeps what killed ones left', async () => {
    const user = await serverUser(undefined);
    const binaries = await findBinaries();
    await draftOf(await endedProcess());
    await Promise.all([initialise(place, binaries, user), initialise(place, binaries, user)]);
    expect(await readdir(place.directory)).toEqual(['pgdata']);
    expect((await stat(place.data)).mode & 0o777).toBe(0o700);
    await expect(requireSameVersion(place, binaries)).resolves.toBeUndefined();
    await expect(requireSameVersion(place, { ...binaries, major: '19' })).rejects.toMatchObject({
      error: 'embedded-database-version',
      parameters: { found: '18', expected: '19' },
    });
    expect(await readFile(path.join(place.data, 'pg_hba.conf'), 'utf8')).toMatch(
      /^local\s+all\s+all\s+trust$/m,
    );
  });

  it('leaves nothing behind when it fails, and says why', async () => {
    const attempt = initialise(place, await findBinaries(), await serverUser(undefined), [
      '--no-such-option',
    ]);
    await expect(attempt).rejects.toMatchObject({
      error: 'embedded-database-failed',
      message: expect.stringContaining("unrecognized option '--no-such-option'"),
    });
    expect(await readdir(place.directory)).toEqual([]);
  });

  it('names a program that does not run', async () => {
    const nothing = { root: place.directory, version: '18.0', major: '18' };
    await expect(initialise(place, nothing, undefined)).rejects.toMatchObject({
      error: 'embedded-database-unavailable',
    });
  });

  if (isRoot)
    it('refuses a user id that has no entry, by name', async () => {
      await chown(place.directory, unknownUser, unknownUser);
      const binaries = await findBinaries();
      process.seteuid!(unknownUser);
      try {
        await expect(initialise(place, binaries, undefined)).rejects.toMatchObject({
          error: 'embedded-database-unavailable',
          message: expect.stringContaining(String(unknownUser)),
        });
      } finally {
        process.seteuid!(0);
      }
    });
});

describe('isBeingInitialised', () => {
  it('is true while a living process is at it', async () => {
    expect(await isBeingInitialised(place)).toBe(false);
    await draftOf(process.ppid);
    expect(await isBeingInitialised(place)).toBe(true);
  });

  it("is true for another part of this process, and false for a predecessor with this process's number", async () => {
    const draft = await draftOf(process.pid);
    expect(await isBeingInitialised(place)).toBe(true);
    const before = Date.now() / 1000 - process.uptime() - 10;
    await utimes(draft, before, before);
    expect(await isBeingInitialised(place)).toBe(false);
  });

  it('is false for what the dead left, and for what is too old to be true', async () => {
    await draftOf(await endedProcess());
    const old = await draftOf(process.ppid);
    await utimes(old, 1, 1);
    await chmod(old, 0o700);
    expect(await isBeingInitialised(place)).toBe(false);
  });
});
