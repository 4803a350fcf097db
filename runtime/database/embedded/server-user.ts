import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { SeedbedError } from '../../errors/index.ts';
import { hasCode, messageOf } from '../error-code.ts';

/** Whom the server runs as when the caller is root, which Postgres refuses to run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);
const ourName = 'seedbed';
/** Users that may run the server, best first: ours, or the one of a Postgres that the machine has already. */
const candidates = [ourName, 'postgres'];

/**
 * The user to run the server as; undefined: the caller itself, who is not root.
 * @param data the data directory; whoever owns it goes on owning it
 * @throws embedded-database-unavailable when there is no such user and none can be made
 */
export async function serverUser(data: string | undefined): Promise<ServerUser | undefined> {
  if (process.geteuid?.() !== 0) return undefined;
  return (data && (await ownerOf(data))) || (await existingUser()) || (await createUser());
}

/**
 * initdb looks the caller up by number, and containers run as numbers that nobody has entered.
 * @throws embedded-database-unavailable for a uid without an entry
 */
export function requireUserEntry(): void {
  try {
    userInfo();
  } catch {
    throw new SeedbedError('embedded-database-unavailable', {
      reason: `the user id ${process.geteuid?.()} has no entry in /etc/passwd, and initdb needs one`,
    });
  }
}

async function ownerOf(data: string): Promise<ServerUser | undefined> {
  try {
    const { uid, gid } = await stat(data);
    return uid === 0 ? undefined : { uid, gid };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

async function existingUser(): Promise<ServerUser | undefined> {
  const local = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const name of candidates) {
    const user = findUser(local, name) ?? findUser(await directoryEntry(name), name);
    if (user) return user;
  }
  return undefined;
}

/** Users may come from a directory service. */
async function directoryEntry(name: string): Promise<string> {
  return run('getent', ['passwd', name]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/** @param entries lines of passwd(5) */
export function findUser(entries: string, name: string): ServerUser | undefined {
  for (const line of entries.split('\n')) {
    const [login, , uid, gid] = line.split(':');
    if (login === name && Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** Several may try at once: only whether the user exists afterwards counts. */
async function createUser(): Promise<ServerUser> {
  let reason = 'useradd is missing';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      await run('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', ourName]);
    } catch (error) {
      reason = messageOf(error).replace(/\s+/g, ' ');
    }
    const user = await existingUser();
    if (user) return user;
  }
  throw new SeedbedError('embedded-database-unavailable', {
    reason: `Postgres refuses to run as root, and no user ${candidates.join(' or ')} exists or can be made (${reason})`,
  });
}
