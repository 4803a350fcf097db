import { randomUUID } from 'node:crypto';
import { chmod, cp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../error-code.ts';
import type { Binaries } from './binaries.ts';
import { makeDirectory, systemDirectory } from './place.ts';
import { isRunning } from './processes.ts';
import { canReach } from './reach.ts';
import type { ServerUser } from './server-user.ts';

/** Some of the files that the server reads, one for each directory of the package. */
const probes = ['native/bin/postgres', 'native/lib/postgresql', 'native/share/postgresql/postgres.bki'];
const halfCopied = /^postgres-.*\.tmp-(\d+)-/;

/**
 * Binaries that `user` can run: the package's own, or a copy of them (56 MB, once for each version) in `directory`
 * where the package lies below /root or was installed with a narrow umask.
 */
export async function reachableBinaries(
  binaries: Binaries,
  user: ServerUser | undefined,
  directory = systemDirectory,
): Promise<Binaries> {
  if (!user) return binaries;
  const reachable = await Promise.all(probes.map((probe) => canReach(path.join(binaries.root, probe), user)));
  if (reachable.every(Boolean)) return binaries;
  const root = path.join(directory, `postgres-${binaries.version}-${process.arch}`);
  if (!(await exists(root))) await copy(binaries.root, root);
  return { ...binaries, root };
}

/** Several may copy at once; the first to rename its copy has made it. */
async function copy(from: string, to: string): Promise<void> {
  const directory = path.dirname(to);
  await makeDirectory(directory, 0o755);
  await sweep(directory);
  const draft = `${to}.tmp-${process.pid}-${randomUUID()}`;
  try {
    await cp(path.join(from, 'native'), path.join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !/\.a$|\/pkgconfig$/.test(file),
    });
    await openToAll(draft);
    await rename(draft, to);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(file);
    else if (entry.isFile()) await chmod(file, (await stat(file)).mode & 0o100 ? 0o755 : 0o644);
  }
}

/** What copiers left that were killed. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = halfCopied.exec(name)?.[1];
    if (pid && !isRunning(Number(pid)))
      await rm(path.join(directory, name), { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
