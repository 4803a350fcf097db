import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecipeGraphDocument } from '../../../seed-schema/index.ts';
import type { Config } from '../../config/index.ts';
import type { LastingDatabase } from '../../database/index.ts';
import type { Engine } from '../../engine/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { dismiss, privateAttempts, requestAction, takeQueue } from '../../jobs/index.ts';
import type { Logger } from '../../logging/index.ts';
import {
  changeReuse,
  openJobs,
  pathOfJob,
  recipeGraph,
  stuckJobs,
  unconfiguredJobs,
} from '../../recipes/index.ts';
import { acceptRecipe, openRuntime, type Runtime } from '../../scheduler/index.ts';
import { patiently } from '../batch/local/patience.ts';
import { Changes } from '../batch/changes.ts';
import { userName } from '../run/registration.ts';
import { nodeDirectory } from './node-path.ts';
import type { PreparedRecipe } from './prepare.ts';
import type { RecipeDirectory } from './recipe-directory.ts';
import { registerRecipe } from './register-recipe.ts';

/** What a recipe is run with. */
export interface LocalRecipeStart {
  readonly prepared: PreparedRecipe;
  readonly directory: RecipeDirectory;
  /** Whether its jobs take what earlier executions made. */
  readonly reuse: boolean;
  readonly engine: Engine;
  /** It is the recipe's from now on. */
  readonly database: Promise<LastingDatabase>;
  readonly config: Config;
  readonly logger: Logger;
}

/** Levels of sub-recipes that are shown. */
const levels = 10;

/** A recipe that a runtime in this process works off, by a queue of its own. */
export class LocalRecipe {
  readonly id: number;
  readonly db: LastingDatabase;
  readonly #runtime: Runtime;
  readonly #queue: string;
  readonly #attempts: string;
  readonly #changes = new Changes();
  readonly #unlisten: () => void;

  private constructor(id: number, runtime: Runtime, queue: string, attempts: string) {
    this.id = id;
    this.db = runtime.db;
    this.#runtime = runtime;
    this.#queue = queue;
    this.#attempts = attempts;
    this.#unlisten = runtime.db.listen((topic) => {
      if (topic === 'jobs') this.#changes.tell();
    });
  }

  /**
   * Begins a recipe, or goes on with one that was begun in the directory: what failed runs again.
   * @throws recipe-in-use, recipe-file-invalid, database-unreachable and its kind
   */
  static async open({ directory, prepared, reuse, ...start }: LocalRecipeStart): Promise<LocalRecipe> {
    const { config, logger, engine, database } = start;
    const queue = `recipe-${directory.run}`;
    const attempts = path.join(directory.path, privateAttempts);
    const runtime = await openRuntime({
      ...{ config, logger, queue, attempts, database },
      engines: [{ name: hostname(), engine }],
      destinationOf: async (db, jobId) => {
        const steps = await pathOfJob(db, jobId);
        return steps ? path.join(directory.path, nodeDirectory(steps)) : null;
      },
      prepare: (db) => begin(db, queue, { directory: directory.path, reuse }),
    });
    try {
      const { db, engineSockets, scheduler } = runtime;
      const { typeId, revisionNum, input } = await registerRecipe((work) => db.transaction(work), prepared);
      const configuration = configurationOf(reuse);
      const request = { typeId, revisionNum, input, configuration, queue, dedupeKey: queue };
      const { id } = await acceptRecipe(db, { config, engineSockets }, request, userName());
      scheduler.wake();
      const recipe = new LocalRecipe(id, runtime, queue, attempts);
      await recipe.#goOn();
      return recipe;
    } catch (thrown) {
      await runtime.stop({ drain: true });
      throw thrown;
    }
  }

  /** Where it stands. @throws configuration-incomplete where nothing goes on for want of a setting or mount */
  async graph(): Promise<RecipeGraphDocument> {
    const graph = await patiently(() => recipeGraph(this.db, this.id, levels));
    if (graph!.is_completed || graph!.counters.jobs_running + graph!.counters.jobs_queued > 0) return graph!;
    const [lacking] = await unconfiguredJobs(this.db, this.id);
    if (lacking === undefined) return graph!;
    throw new SeedbedError('configuration-incomplete', {
      job_type: lacking,
      missing: 'the value of a setting or mount; give settings in the configuration of the node',
    });
  }

  /** Resolves when something has changed, or after so many milliseconds. */
  async change(ms: number): Promise<void> {
    const stop = new AbortController();
    const pause = delay(ms, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([this.#changes.next(), pause]);
    stop.abort();
  }

  /** Stops what runs and withdraws what waits. */
  async cancel(): Promise<void> {
    const jobIds = await patiently(() => openJobs(this.db, this.id, { canceling: false }));
    if (jobIds.length === 0) return;
    await patiently(() => requestAction(this.db, { kind: 'cancel', filter: { jobIds }, actor: userName() }));
    this.db.notify('actions');
  }

  /** Gives back what it holds; what runs still is stopped. */
  async close(): Promise<void> {
    this.#unlisten();
    const isOpen = (await openJobs(this.db, this.id, { canceling: true }).catch(() => [])).length > 0;
    if (isOpen) {
      await this.db.transaction((tx) => dismiss(tx, this.#queue, userName())).catch(() => undefined);
      this.db.notify('actions');
    }
    await this.#runtime.stop({ drain: true });
    await rm(this.#attempts, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Of a recipe that is resumed, what failed or was stopped with it runs again. */
  async #goOn(): Promise<void> {
    const jobIds = await stuckJobs(this.db, this.id);
    if (jobIds.length === 0) return;
    const action = await requestAction(this.db, { kind: 'requeue', filter: { jobIds }, actor: userName() });
    this.db.notify('actions');
    while (!(await this.#isDone(action))) await this.change(100);
  }

  async #isDone(action: number): Promise<boolean> {
    const [row] = await this.db.query<{ done: boolean }>(
      'select ended is not null as done from job_action where id = $1',
      [action],
    );
    return row?.done ?? true;
  }
}

/** What is said for all jobs of a recipe. Pure. */
export function configurationOf(reuse: boolean): { readonly reuse?: true } {
  return reuse ? { reuse } : {};
}

/** Before anything of the queue is claimed. What is resumed reuses from now on as it is said now. */
async function begin(
  db: LastingDatabase,
  queue: string,
  { directory, reuse }: { readonly directory: string; readonly reuse: boolean },
): Promise<void> {
  const me = { runtime: db.presence.runtime, hostname: hostname(), pid: process.pid, nodes: [], queue };
  const holder = await takeQueue(db, me);
  if (holder) throw new SeedbedError('recipe-in-use', { directory, pid: holder.pid, host: holder.hostname });
  await db.transaction((tx) => changeReuse(tx, queue, reuse));
}
