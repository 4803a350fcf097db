import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { isRoot, unknownUser } from '../../../test/support/database-users.ts';
import { findBinaries, programEnvironment, programPath, type Binaries } from './binaries.ts';
import { withLinks } from './links.ts';
import { reachableBinaries } from './reachable-binaries.ts';

const user = { uid: unknownUser, gid: unknownUser };
let directory: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
});
afterEach(() => rm(directory, { recursive: true, force: true }));

describe('reachableBinaries', () => {
  it('are those of the package where the server is the caller', async () => {
    const binaries = await findBinaries();
    expect(await reachableBinaries(binaries, undefined, directory)).toBe(binaries);
    expect(await readdir(directory)).toEqual([]);
  });

  if (isRoot) {
    const versionAs = async (binaries: Binaries): Promise<string> => {
      const program = programPath(binaries, 'postgres');
      const { stdout } = await promisify(execFile)(program, ['--version'], {
        env: programEnvironment(binaries),
        cwd: '/',
        ...user,
      });
      return stdout;
    };

    it('are copied, once, for a user who cannot enter the directory of the package', async () => {
      const brought = await findBinaries();
      const closed = path.join(directory, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const root = path.join(closed, 'package');
      await cp(brought.root, root, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (file) => !/\.a$/.test(file),
      });
      await chmod(path.join(root, 'native'), 0o700); // as a umask of 077 would
      const system = path.join(directory, 'system');
      await mkdir(path.join(system, 'postgres-1-x64.tmp-999999999-x'), { recursive: true });

      const all = await Promise.all(
        Array.from({ length: 3 }, () => reachableBinaries({ ...brought, root }, user, system)),
      );
      const copy = await withLinks(all[0]!, path.join(directory, 'links'));
      expect(new Set(all.map((binaries) => binaries.root))).toEqual(new Set([copy.root]));
      expect(await readdir(system)).toEqual([path.basename(copy.root)]);
      expect(await versionAs(copy)).toContain(`PostgreSQL) ${brought.major}.`);
    });
  }
});
