import { execFile } from 'node:child_process';
import { chmod, cp, lstat, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { asOrdinaryUser } from '../../../test/support/database-users.ts';
import { findBinaries, programEnvironment, programPath, type Binaries } from './binaries.ts';
import { withLinks } from './links.ts';

const run = promisify(execFile);
const oneLink = 'native/lib/libicuuc.so.60';
let directory: string;
let bare: Binaries;

/** The package as `npm install --ignore-scripts` leaves it. */
beforeEach(async () => {
  const { root, ...rest } = await findBinaries();
  directory = await temporaryDirectory();
  bare = { ...rest, root: path.join(directory, 'package') };
  await cp(root, bare.root, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !/share|\.a$/.test(file),
  });
  for (const name of await readdir(path.join(bare.root, 'native/lib'))) {
    const file = path.join(bare.root, 'native/lib', name);
    if ((await lstat(file)).isSymbolicLink()) await rm(file);
  }
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function initdbRuns(binaries: Binaries): Promise<boolean> {
  return run(programPath(binaries, 'initdb'), ['--version'], { env: programEnvironment(binaries) }).then(
    () => true,
    () => false,
  );
}

describe('withLinks', () => {
  it('makes the links without which initdb does not load, by many at once', async () => {
    expect(await initdbRuns(bare)).toBe(false);
    const elsewhere = path.join(directory, 'lib');
    const all = await Promise.all(Array.from({ length: 8 }, () => withLinks(bare, elsewhere)));
    expect(all).toEqual(Array.from({ length: 8 }, () => bare));
    expect(await initdbRuns(bare)).toBe(true);
    const names = await readdir(path.join(bare.root, 'native/lib'));
    expect(names.filter((name) => /-[0-9a-f]{12}$/.test(name))).toEqual([]);
  });

  it('replaces a link that leads nowhere', async () => {
    await symlink('gone.so', path.join(bare.root, oneLink));
    await withLinks(bare, path.join(directory, 'lib'));
    expect(await initdbRuns(bare)).toBe(true);
  });

  it('puts them elsewhere where the package is read-only', async () => {
    const library = path.join(bare.root, 'native/lib');
    await chmod(library, 0o555);
    await chmod(directory, 0o777);
    const elsewhere = path.join(directory, 'lib');
    const linked = await asOrdinaryUser(() => withLinks(bare, elsewhere));
    await chmod(library, 0o755);
    expect(linked).toEqual({ ...bare, libraryPath: expect.stringContaining(`${elsewhere}:`) });
    expect(await initdbRuns(bare)).toBe(false);
    expect(await initdbRuns(linked)).toBe(true);
  });

  it('changes nothing where all are there', async () => {
    const whole = await findBinaries();
    expect(await withLinks(whole, '/nowhere')).toBe(whole);
  });
});
