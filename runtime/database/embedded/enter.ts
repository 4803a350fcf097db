import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { SeedbedError } from '../../errors/index.ts';
import { databaseError } from '../database-error.ts';
import type { Entrance } from '../entrance.ts';
import { hasCode, messageOf } from '../error-code.ts';
import { openSession, targetOfSocket } from '../session.ts';
import { holdInUse, stopIfLast } from './in-use.ts';
import { initialise, isBeingInitialised, sweep } from './initialise.ts';
import { Patience } from './patience.ts';
import { homeError, type Place } from './place.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import { prepare, type Preparation } from './prepare.ts';
import { embeddedSettingsOf, startServer } from './server.ts';
import { checkSocketDirectory, makeSocketDirectory } from './socket-directory.ts';
import { observe, type State } from './state.ts';
import { requireSameVersion } from './version.ts';

/*
 * The embedded server belongs to nobody: whichever client comes first makes and starts it, whichever leaves last stops
 * it, and each may be killed at any moment. So no client remembers the state; each looks at the files and the process,
 * does what is next, and looks again.
 *
 *   absent        no data directory. → initialising, by us; or wait, if another client is at it.
 *   initialising  (seen as absent, beside a directory `pgdata.tmp-<pid>` of a living process.) initdb fills that
 *                 directory, and its rename → stopped. Killed → absent; the next client sweeps the directory.
 *   stopped       data, and no living server: there is no postmaster.pid, or its process has died (kill -9, power cut),
 *                 or its number now belongs to another program. → starting, by us. Of several that start one at once the
 *                 server's own lock file lets one win; the others' servers end, and they look again.
 *   starting      a living server that takes no connections yet (57P03); after a crash it recovers. → running; or it
 *                 fails → stopped, and the client whose start it was says why.
 *   running       connect, and take a share of the lock "in use"; if it is running even then, we are in. The last one
 *                 out has that lock alone while it stops the server: a newcomer waits for its share, is thrown out
 *                 (57P01) or finds the server stopping, and looks again. Nobody left because the last client was
 *                 killed: it goes on running for the next one.
 *   stopping      the server ends the sessions, writes its checkpoint, and removes postmaster.pid → stopped.
 *
 * Every wait is bounded (`patience`), and ends in an error that says in which state.
 */

const patience: Readonly<Record<State['name'], number>> = {
  absent: 120_000,
  stopped: 10_000, // a killed server's sessions take up to 2 s to notice, and until then a new one refuses to start
  starting: 60_000,
  running: 5_000,
  stopping: 60_000,
};

/** Between two looks, milliseconds. */
const pause = 5;

/** What the next look may find mended: the server is starting, stopping, or has just gone. */
const passing = [
  ['57P01', '57P02', '57P03', '53300', '55P03'],
  ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'EAGAIN'],
].flat();
const passingMessage =
  /^(Connection terminated|Client (has encountered|was closed))|lock file|shared memory block/;

export interface EmbeddedOptions {
  /** The database has been there before: one that is gone is not replaced by an empty one. */
  readonly known?: boolean | undefined;
  /** If the server has to be started: how much of its database it may keep in memory, MiB; default 64. */
  readonly cacheMiB?: number | undefined;
}

/**
 * Enters the embedded server of `home`, which is made and started where that is needed.
 * @throws embedded-database-unavailable, embedded-database-failed, embedded-database-version, home-on-another-host,
 * home-unusable, disk-full
 */
export async function enterEmbedded(home: string, options: EmbeddedOptions = {}): Promise<Entrance> {
  try {
    return await enter(home, options);
  } catch (error) {
    throw homeError(home, error);
  }
}

async function enter(home: string, { known, cacheMiB }: EmbeddedOptions): Promise<Entrance> {
  const waiting = new Patience(patience);
  let prepared: Preparation | undefined;
  let problem: unknown;
  for (;;) {
    const state = await observe(home);
    if (waiting.isOver(state.name)) throw tooLong(home, state, problem);
    problem = undefined;
    if (state.name === 'running') {
      const entered = await tryToEnter(state.place, state.postmaster);
      if ('client' in entered) return entered;
      problem = entered.problem;
    } else if (state.name === 'absent') {
      if (known) throw gone(home);
      prepared ??= await prepare(home);
      if (!(await isBeingInitialised(prepared.place))) {
        await initialise(prepared.place, prepared.binaries, prepared.user);
        continue;
      }
    } else if (state.name === 'stopped') {
      prepared ??= await prepare(home);
      problem = await start(prepared, cacheMiB);
      if (problem === undefined) continue;
      if (!isPassing(problem) && (await observe(home)).name === 'stopped') throw problem;
    }
    await delay(pause);
  }
}

async function start(prepared: Preparation, cacheMiB: number | undefined): Promise<SeedbedError | undefined> {
  await requireSameVersion(prepared.place, prepared.binaries);
  await sweep(prepared.place);
  const socketDirectory = await makeSocketDirectory(prepared.place, prepared.user);
  return startServer({ ...prepared, socketDirectory, settings: embeddedSettingsOf(cacheMiB) });
}

async function tryToEnter(place: Place, postmaster: Postmaster): Promise<Entrance | { problem: unknown }> {
  const target = targetOfSocket(postmaster.socketDirectory, postmaster.port);
  let client: pg.Client | undefined;
  try {
    const { uid } = await stat(place.data);
    await checkSocketDirectory(place, postmaster.socketDirectory, uid);
    client = await openSession(target, holdInUse);
    if (!(await isStillRunning(place, postmaster)))
      throw new Error('Connection terminated: the server is stopping');
  } catch (error) {
    await client?.end().catch(() => undefined);
    if (isPassing(error)) return { problem: error };
    throw databaseError(error, place.directory);
  }
  return { client, target, where: place.directory, leave: () => leave(client, place) };
}

async function isStillRunning(place: Place, { pid }: Postmaster): Promise<boolean> {
  const now = await findPostmaster(place.data);
  return now?.status === 'running' && now.pid === pid;
}

async function leave(client: pg.Client, place: Place): Promise<void> {
  // A server that has gone already, or whose socket was lost, is nobody's to stop.
  await stopIfLast(client, place.data).catch(() => undefined);
  await client.end().catch(() => undefined);
}

function isPassing(error: unknown): boolean {
  const reason = error instanceof SeedbedError ? String(error.parameters.reason) : messageOf(error);
  return hasCode(error, ...passing) || passingMessage.test(reason);
}

function gone(home: string): SeedbedError {
  return new SeedbedError('home-unusable', { directory: home, reason: 'its database is there no more' });
}

function tooLong(home: string, state: State, problem: unknown): Error {
  if (state.name === 'absent')
    return new SeedbedError('home-unusable', {
      directory: home,
      reason: 'nothing that initdb makes stays there',
    });
  if (problem instanceof SeedbedError) return problem;
  const why = problem ? ` (${messageOf(problem)})` : '';
  const seconds = patience[state.name] / 1000;
  const reason =
    state.name === 'running'
      ? `its process ${state.postmaster.pid} lives, but cannot be reached at ${state.postmaster.socketDirectory}${why}; ` +
        `end it with: kill -INT ${state.postmaster.pid}`
      : `it is ${state.name} for more than ${seconds} s${why}`;
  return new SeedbedError('embedded-database-failed', {
    directory: state.place.directory,
    reason,
    log: state.place.log,
  });
}
