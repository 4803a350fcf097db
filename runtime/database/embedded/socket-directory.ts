import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import { hasCode } from '../error-code.ts';
import type { Place } from './place.ts';
import { canReach } from './reach.ts';
import type { ServerUser } from './server-user.ts';

/** The name of the socket file is `.s.PGSQL.` and this; no server of ours listens on TCP. */
export const port = 5432;

/** Bytes of a socket's path (sockaddr_un, without the final zero). */
const longestPath = process.platform === 'darwin' ? 103 : 107;

/**
 * Makes the directory of the server's socket: `seedbed-` and a hash of the place, below XDG_RUNTIME_DIR or the
 * temporary directory, open to the server's user only, since whoever reaches the socket is its administrator.
 * @throws embedded-database-failed where somebody else has a directory of that name
 */
export async function makeSocketDirectory(place: Place, user: ServerUser | undefined): Promise<string> {
  const hash = createHash('sha256').update(place.directory).digest('hex').slice(0, 12);
  const directory = path.join(await base(user), `seedbed-${hash}`);
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
  // Root's own, made by a caller that was killed before the next line, is as good as new.
  if (user && (await lstat(directory)).uid === 0) await chown(directory, user.uid, user.gid);
  await checkSocketDirectory(place, directory, user?.uid ?? process.geteuid?.() ?? 0);
  return directory;
}

/**
 * Anyone may make a directory of that name in the temporary directory, and a server in it that we would then trust.
 * @param owner the server's user id
 * @throws embedded-database-failed
 */
export async function checkSocketDirectory(place: Place, directory: string, owner: number): Promise<void> {
  const found = await lstat(directory);
  const problem = !found.isDirectory()
    ? 'is not a directory'
    : found.uid !== owner
      ? `belongs to the user ${found.uid}, not to ${owner}`
      : (found.mode & 0o077) !== 0
        ? 'is open to other users'
        : undefined;
  if (problem)
    throw new SeedbedError('embedded-database-failed', {
      directory: place.directory,
      reason: `${directory}, where its socket belongs, ${problem}; remove it`,
      log: place.log,
    });
}

async function base(user: ServerUser | undefined): Promise<string> {
  for (const candidate of [process.env.XDG_RUNTIME_DIR, tmpdir()])
    if (candidate && path.isAbsolute(candidate) && fits(candidate) && (await serves(candidate, user)))
      return candidate;
  return '/tmp';
}

function fits(directory: string): boolean {
  return Buffer.byteLength(path.join(directory, 'seedbed-0123456789ab', `.s.PGSQL.${port}`)) <= longestPath;
}

/** XDG_RUNTIME_DIR survives `su`, and then it is another user's. */
async function serves(directory: string, user: ServerUser | undefined): Promise<boolean> {
  try {
    if (user) return await canReach(directory, user);
    const { uid, mode } = await stat(directory);
    return uid === process.geteuid?.() || (mode & 0o002) !== 0;
  } catch {
    return false;
  }
}
