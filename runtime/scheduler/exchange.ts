import { setTimeout as delay } from 'node:timers/promises';
import { hasCode, isPassing, type LastingDatabase, type Transaction } from '../database/index.ts';
import { reasonOf, SeedbedError, toSeedbedError } from '../errors/index.ts';
import { claimMany, finishMany, readWorld, type Scheduled, slotsOf } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { advanceOrLeave, lockRecipes, type RecipeContext } from '../recipes/index.ts';
import type { Ended } from './executor.ts';
import { place } from './placement/index.ts';
import type { DrivenNode } from './nodes/driven-node.ts';

export interface ExchangeOptions {
  readonly db: LastingDatabase;
  readonly logger: Logger;
  readonly queue: string;
  /** Those that may be offered jobs now. */
  readonly nodes: () => readonly DrivenNode[];
  /** Jobs of each priority and revision that are looked at for one claim. */
  readonly window: number;
  /** Whether other runtimes claim too. */
  readonly contended: () => boolean;
  /** Jobs that one claim takes at most. */
  readonly claimLimit: number;
  /** Executions at once; undefined: as many as there is room for. */
  readonly mostRunning: number | undefined;
  /** Absolute directory for the directories of attempts. */
  readonly attempts: string;
  /** Begins what was claimed. */
  readonly start: (executions: readonly Scheduled[]) => void;
  /** Recipes whose jobs end are carried on in the same transaction. */
  readonly recipes: RecipeContext;
  /** A claim may have succeeded although we were told otherwise: what is ours is to be looked up. */
  readonly onDoubt: () => void;
}

/** Ends in one transaction. */
const mostEnds = 500;
/** Milliseconds before what the database refused is tried again: at first, and at most. */
const [patienceMs, mostPatienceMs] = [200, 2000];
const conflicts = ['40P01', '40001'];

/**
 * Where executions that ended are exchanged for new ones: one transaction writes the ends and claims what fits in the
 * room that they leave, so that a job costs one commit. One at a time; what comes meanwhile is for the next one, which is
 * how a busy runtime comes to batches without waiting for any.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #ends: Ended[] = [];
  readonly #recording = new Set<Promise<void>>();
  #wanted = false;
  /** Of exchanges, one after the other. */
  #failures = 0;
  #open = true;
  #turning: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  /** There may be something to claim. */
  wake(): void {
    if (!this.#open) return;
    this.#wanted = true;
    this.#turning ??= this.#turn();
  }

  /** Nothing is claimed any more; ends are still written. */
  close(): void {
    this.#open = false;
    this.#wanted = false;
  }

  push(ended: Ended): void {
    if (ended.record) {
      const recording = this.#record(ended, ended.record).finally(() => this.#recording.delete(recording));
      this.#recording.add(recording);
      return;
    }
    this.#ends.push(ended);
    this.#turning ??= this.#turn();
  }

  /** Does something while nothing is being claimed: whatever the database takes for ours then has been started. */
  between<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when no end waits to be written. */
  async settled(): Promise<void> {
    while (this.#turning || this.#recording.size > 0) await Promise.all([this.#turning, ...this.#recording]);
  }

  async #turn(): Promise<void> {
    await Promise.resolve(); // what is pushed in the same breath comes along
    while (this.#ends.length > 0 || this.#wanted) {
      const ends = this.#ends.splice(0, mostEnds);
      const claiming = this.#open && (this.#wanted || ends.length > 0);
      this.#wanted = false;
      try {
        await this.between(() => this.#exchange(ends, claiming));
        this.#failures = 0;
      } catch (thrown) {
        await this.#failed(thrown, ends, claiming);
      }
    }
    this.#turning = undefined;
  }

  async #exchange(ends: readonly Ended[], claims: boolean): Promise<void> {
    const { db, recipes, start, claimLimit } = this.#options;
    // Nothing waits for an answer but placement, and the jobs of recipes: two ways there and back.
    const { finishing, claiming } = await db.transaction(async (tx) => {
      const finishing = endMany(tx, recipes, ends);
      finishing.catch(() => undefined);
      if (ends.some(isOfRecipe)) await finishing;
      return { finishing, claiming: claims ? await this.#claim(tx) : undefined };
    });
    const [held, claimed] = [await finishing, (await claiming?.claimed) ?? []];
    const wasRefused = claimed.length < (claiming?.wanted ?? 0); // another runtime was faster
    if (wasRefused || claiming?.wanted === claimLimit) this.#wanted = this.#open;
    start(claimed);
    for (const ended of ends) void ended.after(held.has(ended.execution.id));
    if (ends.length > 0) db.notify('jobs');
  }

  /** @returns how many it wants, and what it gets, which is still to be awaited: COMMIT goes out with the claim */
  async #claim(tx: Transaction): Promise<{ wanted: number; claimed: Promise<Scheduled[]> } | undefined> {
    const { db, queue, window, attempts, claimLimit, mostRunning, contended } = this.#options;
    const nodes = new Map(this.#options.nodes().map((node) => [node.id, node]));
    if (nodes.size === 0) return undefined;
    const world = await readWorld(tx, { nodes: [...nodes.keys()], queue, window, contended: contended() });
    const { runtime } = db.presence;
    const room = mostRunning === undefined ? Infinity : mostRunning - (await slotsOf(tx, runtime));
    const limit = Math.min(claimLimit, room);
    if (limit <= 0) return undefined;
    const images = new Map(world.candidates.map(({ revisionId, image }) => [revisionId, image]));
    const { placements } = place({
      candidates: world.candidates,
      nodes: world.nodes.map(({ id, capacity, promised, freeSlots }) => ({
        id,
        capacity,
        promised,
        freeSlots: freeSlots.length,
        isReady: (revisionId) => nodes.get(id)!.images.isReady(images.get(revisionId)!),
      })),
      loads: world.loads,
      mode: world.mode,
      limit,
    });
    const offered = new Map(
      world.nodes.map(({ id, claims, freeSlots }) => [id, { claims, free: [...freeSlots] }]),
    );
    const assignments = placements.map(({ jobId, nodeId }) => {
      const { claims, free } = offered.get(nodeId)!;
      return { jobId, nodeId, claims, slot: free.shift()! };
    });
    const claimed = claimMany(tx, runtime, assignments, attempts);
    claimed.catch(() => undefined);
    return { wanted: placements.length, claimed };
  }

  async #failed(thrown: unknown, ends: readonly Ended[], claiming: boolean): Promise<void> {
    const { logger, onDoubt } = this.#options;
    if (hasCode(thrown, ...conflicts)) {
      this.#again(ends, claiming);
      return;
    }
    this.#failures += 1;
    // A disk that is full must not be filled by the same stack over and over.
    const why =
      this.#failures === 1 ? { err: thrown } : { reason: reasonOf(thrown), failures: this.#failures };
    logger.warn({ ...why, ends: ends.length }, 'the exchange failed and is tried again');
    // What the database will never take must hold up neither other ends nor claims: each gets a transaction of its own.
    if (isPassing(thrown)) this.#again(ends, claiming);
    else for (const ended of ends) this.push(alone(this.#options, ended));
    if (claiming) onDoubt();
    await delay(patienceFor(this.#failures));
  }

  #again(ends: readonly Ended[], claiming: boolean): void {
    this.#ends.unshift(...ends);
    this.#wanted ||= claiming && this.#open;
  }

  async #record(ended: Ended, record: () => Promise<boolean>): Promise<void> {
    const { db, logger } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        const held = await record();
        db.notify('jobs');
        // Its slot is free already: what comes next need not wait until all is cleared up.
        this.wake();
        await ended.after(held);
        return;
      } catch (thrown) {
        if (hasCode(thrown, ...conflicts)) continue;
        const error = toSeedbedError(thrown);
        const why = tries === 1 ? { err: thrown } : { reason: reasonOf(thrown), tries };
        logger.warn({ ...why, execution: ended.execution.id }, 'a result could not be recorded');
        if (!isPassing(error) && !isPassing(thrown)) {
          const { execution, after } = ended;
          this.push({ execution, after, ending: unwritable(ended, error) });
          return;
        }
        await delay(patienceFor(tries));
      }
    }
  }
}

/** Milliseconds until what failed so many times is tried again. Pure. */
export function patienceFor(failures: number): number {
  return Math.min(mostPatienceMs, patienceMs * 2 ** Math.min(failures - 1, 8));
}

function plain({ execution, ending }: Ended) {
  return { execution, ending: ending! };
}

/** Ends executions; recipes whose jobs they were go on. @returns the `job_exe.id`s that were still ours */
async function endMany(
  tx: Transaction,
  recipes: RecipeContext,
  ends: readonly Ended[],
): Promise<Set<number>> {
  const parts = ends.filter(isOfRecipe);
  if (parts.length === 0) return finishMany(tx, ends.map(plain));
  await lockRecipes(
    tx,
    parts.map(({ execution }) => execution.rootRecipeId!),
  );
  const held = await finishMany(tx, ends.map(plain));
  const jobs = parts.flatMap(({ execution }) => (held.has(execution.id) ? [execution.jobId] : []));
  await advanceOrLeave(tx, recipes, jobs);
  return held;
}

function isOfRecipe({ execution }: Ended): boolean {
  return execution.rootRecipeId != null;
}

/** An end by itself. */
function alone({ db, recipes }: ExchangeOptions, ended: Ended): Ended {
  const record = async () => (await db.transaction((tx) => endMany(tx, recipes, [ended]))).size > 0;
  return { ...ended, record };
}

/** What cannot become fact is not taken for running for ever. */
function unwritable({ ending, unrecorded }: Ended, error: SeedbedError) {
  const { error: name, title, category, sentence, code } = error;
  return {
    status: 'FAILED' as const,
    exitCode: ending?.exitCode ?? null,
    error: { name, title, category, message: sentence, code },
    output: null,
    steps: [],
    stdoutPath: ending?.stdoutPath ?? null,
    stderrPath: ending?.stderrPath ?? null,
    retry: unrecorded?.(error),
  };
}
