import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeedbedError } from '../../errors/index.ts';
import { programEnvironment, programPath, type Binaries } from './binaries.ts';
import { cannotRun, failure } from './failure.ts';
import type { Place } from './place.ts';
import { parsePidFile, pidFile, removeStaleLock } from './postmaster.ts';
import { openServerLog, readLog } from './server-log.ts';
import type { ServerUser } from './server-user.ts';
import { port } from './socket-directory.ts';

/** Given with every start rather than written into the data directory, so that old homes get them too. */
const embeddedSettings: Readonly<Record<string, string>> = {
  max_connections: '100',
  // One server that is never replicated: less to write, and two processes less.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // Reads without worker processes; three of them would idle.
  io_method: 'sync',
  // Starts, stops and what is fatal: statements and their values stay out of the log, and it stays small.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
};

/** @param cacheMiB how much of the database it may keep in memory; it takes that only when it reads so much */
export function embeddedSettingsOf(cacheMiB = 64): Readonly<Record<string, string>> {
  return { ...embeddedSettings, shared_buffers: `${cacheMiB}MB` };
}

export interface StartOptions {
  readonly place: Place;
  readonly binaries: Binaries;
  readonly user: ServerUser | undefined;
  readonly socketDirectory: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A recovery after a crash may take this long, milliseconds. */
const longestStart = 60_000;
/** Between looks at postmaster.pid, milliseconds. */
const pause = 3;

/**
 * Starts a server in a session of its own, which no terminal can interrupt, and waits until it takes connections.
 * Its error output is the log.
 * @returns why it ended instead; another one may have been first
 * @throws embedded-database-unavailable when the program cannot be run at all
 */
export async function startServer(options: StartOptions): Promise<SeedbedError | undefined> {
  const { place, user, socketDirectory } = options;
  await removeStaleLock(pidFile(place.data), place.data);
  await removeStaleLock(path.join(socketDirectory, `.s.PGSQL.${port}.lock`), place.data);
  const log = await openServerLog(place.log, user);
  try {
    const child = await launch(options, log.file.fd);
    const end = await startedOrEnded(child, place);
    return end === 'started' ? undefined : failure(place, await readLog(log, child.pid ?? 0), end);
  } finally {
    await log.file.close();
  }
}

function launch(
  { place, binaries, user, socketDirectory, settings }: StartOptions,
  log: number,
): Promise<ChildProcess> {
  const own = {
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: quoted(socketDirectory),
    unix_socket_permissions: '0700',
  };
  const options = Object.entries({ ...own, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return new Promise((resolve, reject) => {
    const child = spawn(programPath(binaries, 'postgres'), ['-D', place.data, ...options], {
      cwd: '/',
      env: programEnvironment(binaries),
      stdio: ['ignore', log, log],
      detached: true,
      ...user,
    });
    child.once('error', (error) => reject(cannotRun(error)));
    child.once('spawn', () => {
      child.unref();
      resolve(child);
    });
  });
}

/** The setting is a list; a name in double quotes may hold a comma. */
function quoted(directory: string): string {
  return `"${directory.replaceAll('"', '""')}"`;
}

async function startedOrEnded(child: ChildProcess, place: Place): Promise<'started' | string> {
  const giveUp = Date.now() + longestStart;
  while (child.exitCode === null && child.signalCode === null) {
    const postmaster = parsePidFile(await readFile(pidFile(place.data), 'utf8').catch(() => ''));
    if (postmaster?.pid === child.pid && postmaster?.status === 'running') return 'started';
    if (Date.now() > giveUp) return `it is still not ready after ${longestStart / 1000} s`;
    await delay(pause);
  }
  return child.signalCode ? `it was killed by ${child.signalCode}` : `it ended with ${child.exitCode}`;
}
