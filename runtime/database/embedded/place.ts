import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, symlink } from 'node:fs/promises';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { hasCode, messageOf } from '../error-code.ts';
import { canReach } from './reach.ts';
import type { ServerUser } from './server-user.ts';

/** The files of one embedded database; absolute, links resolved. */
export interface Place {
  readonly directory: string;
  /** What initdb makes. Everything beside it belongs to the caller, also where the server is another user. */
  readonly data: string;
  readonly log: string;
  readonly hostMarker: string;
}

/** Where root keeps what the server's user must reach and cannot, because it would lie below /root or the like. */
export const systemDirectory = '/var/lib/seedbed';

/** The place that `home` has already. */
export async function findPlace(home: string): Promise<Place | undefined> {
  try {
    return placeIn(await realpath(path.join(home, 'database')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Makes the place of `home`: its directory `database`; or a link of that name to a directory of the system, where
 * `home` is closed to the user whom the server must run as.
 * @throws home-unusable for a path that Postgres cannot use
 */
export async function makePlace(home: string, user: ServerUser | undefined): Promise<Place> {
  const directory = path.join(home, 'database');
  // The lines of postmaster.pid are counted, and one of them is this path.
  if (/[\r\n]/.test(home))
    throw new SeedbedError('home-unusable', {
      directory: home,
      reason: 'Postgres takes no path with a line break',
    });
  await mkdir(home, { recursive: true });
  if (user && !(await canReach(home, user))) await makeElsewhere(home, directory);
  else await makeDirectory(directory, user ? 0o755 : 0o700);
  return placeIn(await realpath(directory));
}

async function makeElsewhere(home: string, link: string): Promise<void> {
  const hash = createHash('sha256')
    .update(await realpath(home))
    .digest('hex')
    .slice(0, 16);
  await makeDirectory(systemDirectory, 0o755);
  await makeDirectory(path.join(systemDirectory, hash), 0o755);
  await symlink(path.join(systemDirectory, hash), link).catch(unlessExists);
}

/** Makes it with that mode, whatever the umask; one that exists keeps its own. */
export async function makeDirectory(directory: string, mode: number): Promise<void> {
  try {
    await mkdir(directory, { mode });
    await chmod(directory, mode);
  } catch (error) {
    unlessExists(error);
  }
}

function unlessExists(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error;
}

/** The place in a directory whose links are resolved. */
export function placeIn(directory: string): Place {
  return {
    directory,
    data: path.join(directory, 'pgdata'),
    log: path.join(directory, 'postgres.log'),
    hostMarker: path.join(directory, 'host'),
  };
}

/** What the file system refused below `home`, as an error of the registry. */
export function homeError(home: string, error: unknown): unknown {
  if (hasCode(error, 'ENOSPC', 'EDQUOT'))
    return new SeedbedError('disk-full', { what: `the embedded database in ${home}` }, { cause: error });
  if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'ENOENT'))
    return error;
  return new SeedbedError('home-unusable', { directory: home, reason: messageOf(error) }, { cause: error });
}
