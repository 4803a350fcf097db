import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { managedWorkspace, Workspaces } from '../catalog/index.ts';
import type { Config } from '../config/index.ts';
import { connectLasting, type LastingDatabase } from '../database/index.ts';
import { ensureEventPartitions, hostPathsOf } from '../jobs/index.ts';
import type { Engine } from '../engine/index.ts';
import type { Logger } from '../logging/index.ts';
import { createLogStore, type LogStore } from '../logs/index.ts';
import { startSweeper } from '../retention/index.ts';
import { loadSecretKey } from '../secrets/index.ts';
import { ContentCache } from '../workspace/index.ts';
import { createDriver } from './driver/driver.ts';
import { type JobSource, storedJobs } from './driver/request.ts';
import type { NamedEngine } from './nodes/open-nodes.ts';
import { type Scheduler, startScheduler } from './scheduler.ts';
import type { Observer } from './observed.ts';
import { startTallying } from './tallying.ts';
import { upkeep } from './upkeep.ts';

/** A process that works off a queue, with all that it needs for that. */
export interface Runtime {
  readonly db: LastingDatabase;
  readonly logs: LogStore;
  readonly scheduler: Scheduler;
  /** Of the engines on this machine; grows when one answers for the first time. */
  readonly engineSockets: readonly string[];
  /**
   * Ends it; see `Scheduler.stop`. The engines are the caller's to close.
   * @param options.last what needs the database until the end
   */
  stop(options?: { readonly drain?: boolean; readonly last?: () => Promise<void> }): Promise<void>;
}

export interface RuntimeOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly engines: readonly NamedEngine[];
  /** The queue that is worked off; default `default`. */
  readonly queue?: string;
  /** Absolute; on the disk of the outputs. Default: in the managed workspace. */
  readonly attempts?: string;
  /** Default: as its row says, with the secrets of the store. */
  readonly jobOf?: (db: LastingDatabase) => JobSource;
  /** Absolute directory for the outputs of a job whose row names none; default: in the output workspace. */
  readonly destinationOf?: (db: LastingDatabase, jobId: number) => Promise<string | null>;
  /** Executions at once, wherever there is room for more; default: no limit. */
  readonly mostRunning?: number | undefined;
  /** Is told of each execution whose end is fact. */
  readonly observer?: Observer | undefined;
  /** A connection that the caller has begun to open, see `openDatabase`; it is the runtime's from now on. */
  readonly database?: Promise<LastingDatabase>;
  /** Called before anything is claimed. What it throws ends the runtime. */
  readonly prepare?: (db: LastingDatabase) => Promise<void>;
}

/** Sessions with the database: claims and ends, results of several executions at once, and what the service is asked. */
const sessions = 8;
/** Paths of this machine are of no use on another one. */
const throughService = (jobId: number, exeNum: number) => `\`seed logs ${jobId} --stderr --try ${exeNum}\``;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * The connection of a runtime, which takes its time where the embedded server has to be started.
 * @param cacheMiB how much of its database that one may keep in memory
 */
export function openDatabase(config: Config, cacheMiB?: number): Promise<LastingDatabase> {
  return connectLasting(config, { poolSize: sessions, cacheMiB });
}

/**
 * Connects, and begins to work off the queue.
 * @throws database-unreachable and its kind, engine-unreachable for an engine that should answer, home-unusable, secret-key-unusable
 */
export async function openRuntime(options: RuntimeOptions): Promise<Runtime> {
  const { config, logger, queue } = options;
  const db = await (options.database ?? openDatabase(config));
  try {
    await ensureEventPartitions(db);
    const workspace = await managedWorkspace(db, config.home);
    const attempts = options.attempts ?? workspace.hostPath(`.seedbed/${db.installation}`);
    await mkdir(attempts, { recursive: true, mode: 0o700 });
    const logs = createLogStore({
      directory: path.join(config.home, 'logs', db.installation),
      ...config.logs,
    });
    const workspaces = new Workspaces(db, config);
    const cache = new ContentCache({
      directory: path.join(config.home, 'cache', 'inputs'),
      scope: db.installation,
      capacity: config.cacheMiB * 2 ** 20,
    });
    const engineSockets: string[] = [];
    const engines = await watched(options.engines, (socket) => engineSockets.push(socket));
    const hostPaths = hostPathsOf(config, engineSockets);
    const jobOf =
      options.jobOf?.(db) ??
      storedJobs({ db, secretKey: await loadSecretKey(config), hostPaths, workspaces });
    const { observer } = options;
    const placeOf = options.destinationOf;
    const destinationOf = placeOf && ((jobId: number) => placeOf(db, jobId));
    const executor = createDriver({
      ...{ db, config, logger, logs, workspace, workspaces, cache },
      ...{ hostPaths, jobOf, destinationOf, observer },
      // The jobs of a service are read about from other machines; those of a command's own queue from this one.
      ...(queue === undefined && { standardErrorOf: throughService }),
    });
    await options.prepare?.(db);
    const scheduler = await startScheduler({
      db,
      config,
      logger,
      engines,
      executor,
      attempts,
      mostRunning: options.mostRunning,
      ...(queue !== undefined && { queue }),
    });
    const stopping = new AbortController();
    let tidying = Promise.resolve();
    const tidy = () =>
      (tidying = tidying.then(() => upkeep({ db, logs, logger, workspaces, signal: stopping.signal })));
    void tidy();
    const daily = setInterval(() => void tidy(), dayMs / 4);
    daily.unref();
    const stopTallying = startTallying(db, logger);
    // Commands that work off a queue of their own come and go; what a service removes is not theirs to wait for.
    const sweeper =
      queue === undefined ? startSweeper({ db, logger, logs, open: (id) => workspaces.byId(id) }) : undefined;
    return {
      db,
      logs,
      scheduler,
      engineSockets,
      stop: async (how) => {
        clearInterval(daily);
        const [tallied, swept] = [stopTallying(), sweeper?.stop()];
        await scheduler.stop(how);
        stopping.abort();
        await tidying;
        await tallied;
        await swept;
        workspaces.close();
        await how?.last?.();
        await db.close();
      },
    };
  } catch (thrown) {
    await db.close();
    throw thrown;
  }
}

/** The same engines; of each that answers, the socket is told before it gets a job. */
function watched(engines: readonly NamedEngine[], tell: (socket: string) => void): Promise<NamedEngine[]> {
  const seen = async (engine: Engine) => {
    const { socket } = await engine.capabilities();
    if (socket !== undefined) tell(socket);
    return engine;
  };
  return Promise.all(
    engines.map(async ({ name, engine }) => ({
      name,
      engine: typeof engine === 'function' ? async () => seen(await engine()) : await seen(engine),
    })),
  );
}
