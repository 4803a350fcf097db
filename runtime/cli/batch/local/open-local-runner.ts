import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { localWorkspace } from '../../../catalog/index.ts';
import type { LastingDatabase } from '../../../database/index.ts';
import { SeedbedError } from '../../../errors/index.ts';
import {
  type JobTypeRevision,
  nodeById,
  privateAttempts,
  registerJobType,
  type Resources,
  takeQueue,
  withdraw,
} from '../../../jobs/index.ts';
import { openDatabase, openRuntime } from '../../../scheduler/index.ts';
import { userName } from '../../run/registration.ts';
import type { BeginRunner, RunnerStart } from '../seed-batch.ts';
import type { BatchRunner } from '../runner.ts';
import { LocalRunner } from './local-runner.ts';
import { rowSource } from './row-source.ts';
import { tellWhyNothingRuns } from './silence.ts';

/** Connects to the database, for a runtime in this process. */
export const beginLocalRunner: BeginRunner = (config) => {
  const database = openDatabase(config);
  // It is awaited when the batch is known; until then it must not end the process.
  database.catch(() => undefined);
  let isOpened = false;
  return {
    open: (start) => {
      isOpened = true;
      return openLocalRunner(start, database);
    },
    abandon: async () => {
      if (!isOpened) await (await database).close();
    },
  };
};

/**
 * Opens a runtime in this process that works off the batch's own queue, beside any service on the same database: the node
 * and its ledger are the same, so that all jobs together get no more than there is.
 * @throws batch-in-use, database-unreachable and its kind
 */
async function openLocalRunner(start: RunnerStart, database: Promise<LastingDatabase>): Promise<BatchRunner> {
  const { engine, config, logger, jobs, directory } = start;
  const queue = `batch-${start.batch}`;
  const attempts = path.join(directory, privateAttempts);
  let type: JobTypeRevision | undefined;
  const runtime = await openRuntime({
    config,
    logger,
    engines: [{ name: hostname(), engine }],
    queue,
    attempts,
    database,
    mostRunning: jobs,
    jobOf: (db) => rowSource(start, db),
    prepare: async (db) => {
      await takeOver(db, queue, start);
      type = await register(db, start);
    },
  });
  const node = await nodeById(runtime.db, runtime.scheduler.nodes[0]!.id);
  const capacity = node!.capacity as unknown as Resources;
  const workspace = await localWorkspace(runtime.db);
  const runner = new LocalRunner(
    runtime,
    { prepared: start.prepared, config, type: type!, workspace, queue, capacity },
    async () => {
      silence.end();
      await rm(attempts, { recursive: true, force: true });
    },
  );
  const silence = tellWhyNothingRuns(runtime, () => runner.oldest, start.tell);
  return runner;
}

async function takeOver(db: LastingDatabase, queue: string, { directory }: RunnerStart): Promise<void> {
  const me = { runtime: db.presence.runtime, hostname: hostname(), pid: process.pid, nodes: [], queue };
  const holder = await takeQueue(db, me);
  if (holder) throw new SeedbedError('batch-in-use', { directory, pid: holder.pid, host: holder.hostname });
  await db.transaction((tx) => withdraw(tx, queue, directory, userName()));
}

function register(db: LastingDatabase, { prepared }: RunnerStart): Promise<JobTypeRevision> {
  const { manifest, document, imageReference } = prepared.target;
  return db.transaction((tx) => registerJobType(tx, manifest, document, imageReference, userName()));
}
