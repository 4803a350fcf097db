import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { localWorkspace } from '../../../catalog/index.ts';
import type { Config } from '../../../config/index.ts';
import type { LastingDatabase } from '../../../database/index.ts';
import { createEngine, type Engine } from '../../../engine/index.ts';
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
import type { Logger } from '../../../logging/index.ts';
import { openDatabase, openRuntime } from '../../../scheduler/index.ts';
import { userName } from '../../run/registration.ts';
import type { BeginPlace, RunnerStart } from '../seed-batch.ts';
import { prepareBatch, type PreparedBatch } from '../prepare.ts';
import type { BatchRunner } from '../runner.ts';
import { LocalRunner } from './local-runner.ts';
import { rowSource } from './row-source.ts';
import { tellWhyNothingRuns } from './silence.ts';

/** What a runtime in this process is opened with. */
export interface LocalStart extends RunnerStart {
  readonly prepared: PreparedBatch;
  readonly engine: Engine;
  readonly config: Config;
  readonly logger: Logger;
}

/** This machine: connects to the database, for a runtime in this process, and to the engine. */
export const beginHere: BeginPlace = (config, logger) => {
  // The database first: its server starts in a process of its own, while the engine's client keeps this one busy.
  const database = openDatabase(config);
  const engine = createEngine(config);
  // They are awaited when the batch is known; until then they must not end the process.
  database.catch(() => undefined);
  engine.catch(() => undefined);
  let prepared: PreparedBatch | undefined;
  let isOpened = false;
  return {
    prepare: async (name, options, progress) =>
      (prepared = await prepareBatch(name, options, { engine, config, progress })),
    open: async (start) => {
      const local = { ...start, ...{ prepared: prepared!, engine: await engine, config, logger } };
      isOpened = true;
      return openLocalRunner(local, database);
    },
    close: async () => {
      await engine.then((opened) => opened.close()).catch(() => undefined);
      if (!isOpened) await (await database).close();
    },
  };
};

/**
 * Opens a runtime in this process that works off the batch's own queue, beside any service on the same database: the node
 * and its ledger are the same, so that all jobs together get no more than there is.
 * @throws batch-in-use, database-unreachable and its kind
 */
async function openLocalRunner(start: LocalStart, database: Promise<LastingDatabase>): Promise<BatchRunner> {
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

function register(db: LastingDatabase, { prepared }: LocalStart): Promise<JobTypeRevision> {
  const { manifest, document, imageReference } = prepared.target;
  return db.transaction((tx) => registerJobType(tx, manifest, document, imageReference, userName()));
}
