import { access, constants, lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Staged } from '../../engine/index.ts';
import { reasonOf, SeedbedError } from '../../errors/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { isInside } from '../../workspace/index.ts';
import { parted } from './assignments.ts';
import { named, nameWithPath } from './name-values.ts';

/**
 * Host directories of the manifest's mounts, from `-m NAME=PATH`.
 * @throws unknown-name, missing-mount, mount-not-found (also for the engine's socket)
 */
export async function givenMounts(options: readonly string[], manifest: Manifest): Promise<Staged[]> {
  const { mounts } = manifest.job.interface;
  const sources = new Map<string, string>();
  const names = mounts.map(({ name }) => name);
  for (const option of parted(options, names)) {
    const { name, value } = nameWithPath('-m', option);
    sources.set(named(mounts, name, 'mount').name, path.resolve(value));
  }
  return Promise.all(
    mounts.map(async (mount) => {
      const given = sources.get(mount.name);
      if (given === undefined)
        throw new SeedbedError('missing-mount', { name: mount.name, target: mount.path });
      return {
        name: mount.name,
        source: await usable(mount.name, given, mount.mode),
        target: mount.path,
        mode: mount.mode,
      };
    }),
  );
}

/**
 * A job that can reach the engine's socket commands the engine, also through a read-only mount of a directory above it.
 * @throws mount-not-found
 */
export async function refuseEngineSocket(
  mounts: readonly Staged[],
  socket: string | undefined,
): Promise<void> {
  if (socket === undefined) return;
  const real = await realpath(socket).catch(() => socket);
  for (const { name, source } of mounts)
    if (isInside(real, source))
      throw new SeedbedError('mount-not-found', {
        name,
        path: source,
        reason: `it holds the engine's socket ${socket}`,
      });
}

async function usable(name: string, given: string, mode: 'ro' | 'rw'): Promise<string> {
  const refuse = (reason: string) => new SeedbedError('mount-not-found', { name, path: given, reason });
  try {
    const real = await realpath(given);
    if ((await lstat(real)).isSocket()) throw refuse('it is a socket');
    await access(real, mode === 'rw' ? constants.R_OK | constants.W_OK : constants.R_OK);
    return real;
  } catch (thrown) {
    throw thrown instanceof SeedbedError ? thrown : refuse(reasonOf(thrown));
  }
}
