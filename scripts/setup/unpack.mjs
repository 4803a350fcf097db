import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { attempt, run } from './command.mjs';
import { root } from './root.mjs';
import { mayInstall } from './system.mjs';

/** Where `unpack` leaves the files of a package. */
export const unpackedIn = (name) => path.join(root, '.cache', name);

/**
 * Fetches a package of the distribution and unpacks it into `.cache/NAME`, without installing it: for programs whose
 * package would start a service. Whole or not at all.
 * @param name @param keep paths inside the package, of which only these are kept; default all
 */
export async function unpack(name, keep) {
  const cache = path.join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(path.join(cache, `${name}-`));
  try {
    const download = [['download', name], { cwd: directory }];
    const first = await attempt('apt-get', ...download);
    if (first.code !== 0) {
      if (mayInstall()) await run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', 'update']);
      await run('apt-get', ...download);
    }
    const archive = (await readdir(directory)).find((file) => file.endsWith('.deb'));
    await run('dpkg-deb', ['-x', archive, 'all'], { cwd: directory });
    for (const file of keep ?? []) {
      await mkdir(path.join(directory, 'kept', path.dirname(file)), { recursive: true });
      await rename(path.join(directory, 'all', file), path.join(directory, 'kept', file));
    }
    await rename(path.join(directory, keep ? 'kept' : 'all'), unpackedIn(name));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
