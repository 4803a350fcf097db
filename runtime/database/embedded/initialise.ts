import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { hasCode } from '../error-code.ts';
import { programEnvironment, programPath, type Binaries } from './binaries.ts';
import { cannotRun, failure } from './failure.ts';
import type { Place } from './place.ts';
import { isRunning } from './processes.ts';
import { requireUserEntry, type ServerUser } from './server-user.ts';

/** UTF-8 whatever the machine's locales: LANG=C would give SQL_ASCII. `trust` is safe behind a socket of our own. */
export const embeddedOptions = [
  '-E',
  'UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '-A',
  'trust',
];

/** Longer than any initdb, milliseconds: a directory of that age was left, and its number given to another process. */
const longest = 600_000;
/** An initdb that others wait for, milliseconds. */
const usual = 60_000;

/**
 * Makes the data directory under a name of this process, then gives it its own: of several that do so at once the
 * first has made it, and the others' are discarded. A killed one leaves a directory that the next one sweeps.
 * @throws disk-full, embedded-database-failed, embedded-database-unavailable
 */
export async function initialise(
  place: Place,
  binaries: Binaries,
  user: ServerUser | undefined,
  options: readonly string[] = embeddedOptions,
): Promise<void> {
  if (!user) requireUserEntry();
  await sweep(place);
  const draft = `${place.data}.tmp-${process.pid}-${randomUUID().slice(0, 8)}`;
  try {
    await mkdir(draft, { mode: 0o700 });
    if (user) await chown(draft, user.uid, user.gid);
    await initdb(place, binaries, user, ['-D', draft, '-U', 'seedbed', '--no-instructions', ...options]);
    await rename(draft, place.data);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Whether another process is at it right now. */
export async function isBeingInitialised(place: Place): Promise<boolean> {
  return (await drafts(place)).some(({ alive, age }) => alive && age < usual);
}

/** Removes what killed ones left. Where the killed one's initdb still writes, the next sweep has the rest. */
export async function sweep(place: Place): Promise<void> {
  for (const { directory, alive, age } of await drafts(place))
    if (!alive || age > longest) await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}

async function drafts(place: Place): Promise<{ directory: string; alive: boolean; age: number }[]> {
  const found = [];
  for (const name of await readdir(place.directory)) {
    const pid = Number(/^pgdata\.tmp-(\d+)/.exec(name)?.[1]);
    if (!pid) continue;
    const directory = path.join(place.directory, name);
    const made = (await stat(directory).catch(() => undefined))?.mtimeMs;
    if (made === undefined) continue;
    // In containers the numbers start anew, and a killed predecessor's may be our own.
    const alive = pid === process.pid ? made > Date.now() - process.uptime() * 1000 - 1000 : isRunning(pid);
    found.push({ directory, alive, age: Date.now() - made });
  }
  return found;
}

function initdb(
  place: Place,
  binaries: Binaries,
  user: ServerUser | undefined,
  options: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(programPath(binaries, 'initdb'), options, {
      cwd: '/',
      env: programEnvironment(binaries),
      stdio: ['ignore', 'ignore', 'pipe'],
      ...user,
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-8192)));
    child.once('error', (error) => reject(cannotRun(error)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(failure(place, said, signal ? `initdb was killed by ${signal}` : `initdb ended with ${code}`));
    });
  });
}
