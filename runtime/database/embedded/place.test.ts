import { chmod, mkdir, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { findPlace, homeError, makePlace, systemDirectory } from './place.ts';

const user = { uid: unknownUser, gid: unknownUser };
let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('makePlace', () => {
  it('makes the home and its place, closed to others', async () => {
    const home = path.join(directory, 'a/b/home');
    expect(await findPlace(home)).toBeUndefined();
    const place = await makePlace(home, undefined);
    expect(place.directory).toBe(path.join(await realpath(home), 'database'));
    expect((await stat(place.directory)).mode & 0o777).toBe(0o700);
    expect(await findPlace(home)).toEqual(place);
    expect(await makePlace(home, undefined)).toEqual(place);
  });

  it('is one place, by whatever link one comes', async () => {
    const home = path.join(directory, 'home');
    const place = await makePlace(home, undefined);
    await symlink(home, path.join(directory, 'link'));
    expect(await findPlace(path.join(directory, 'link'))).toEqual(place);
  });

  it('lets the server of another user in', async () => {
    const place = await makePlace(path.join(directory, 'home'), user);
    expect((await stat(place.directory)).mode & 0o777).toBe(0o755);
  });

  it('refuses a path with a line break', async () => {
    await expect(makePlace(path.join(directory, 'a\nb'), undefined)).rejects.toMatchObject({
      error: 'home-unusable',
    });
    expect(await readdir(directory)).toEqual([]);
  });

  if (isRoot)
    it('goes to a directory of the system, behind a link, where the home is closed to the server', async () => {
      const home = path.join(directory, 'closed/home');
      await mkdir(home, { recursive: true });
      await chmod(path.dirname(home), 0o700);
      const [place, same] = await Promise.all([makePlace(home, user), makePlace(home, user)]);
      try {
        expect(same).toEqual(place);
        expect(path.dirname(place.directory)).toBe(systemDirectory);
        expect(await findPlace(home)).toEqual(place);
      } finally {
        await rm(place.directory, { recursive: true });
      }
    });
});

describe('homeError', () => {
  it.each([
    ['EACCES', 'home-unusable'],
    ['EROFS', 'home-unusable'],
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
  ])('%s → %s', (code, error) => {
    expect(homeError('/home', Object.assign(new Error(code), { code }))).toHaveProperty('error', error);
  });

  it('names a home that is a file', async () => {
    const home = path.join(directory, 'file');
    await writeFile(home, '');
    const error: unknown = await findPlace(home).catch((thrown: unknown) => thrown);
    expect(homeError(home, error)).toMatchObject({ error: 'home-unusable', parameters: { directory: home } });
  });

  it('leaves other errors alone', () => {
    const mistake = new TypeError('x');
    expect(homeError('/home', mistake)).toBe(mistake);
  });
});
