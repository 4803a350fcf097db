import type { Config } from '../../config/index.ts';
import {
  isPassing,
  idleMs,
  keepLooking,
  type LastingDatabase,
  type Lookout,
  type Presence,
} from '../../database/index.ts';
import { reasonOf } from '../../errors/index.ts';
import type { Logger } from '../../logging/index.ts';
import { recipeContext } from '../../recipes/index.ts';
import { createNext, refuseNext } from './create-next.ts';
import { releaseBatch, takeBatches } from './locks.ts';
import type { MakingContext } from './make-runs.ts';

export interface BatchesOptions {
  readonly db: LastingDatabase;
  readonly config: Config;
  readonly logger: Logger;
  /** Of the engines on this machine: no job may ever see one. */
  readonly engineSockets: readonly string[];
  /** Runs of one transaction at most; default 1000. */
  readonly chunk?: number;
}

export interface Batches {
  /** Ends after the chunks that are being made; whoever comes next goes on there. */
  stop(): Promise<void>;
}

/** Batches that a process works at beside each other. */
const lanes = 2;
/** Milliseconds between two looks, where no notice came. */
const lookMs = 2000;
const pauseMs = 1000;

interface Worker {
  readonly stopping: AbortController;
  readonly ended: Promise<void>;
}

/**
 * Makes the recipes and jobs of batches that are CREATING, beside other runtimes that do the same:
 *
 *     nobody works at it → its lock is taken, a worker makes chunk after chunk
 *     a chunk fails      → smaller ones; one run alone that fails is refused, and the rest goes on
 *     nothing is left    → CREATED; the lock is given back
 *     it was canceled    → the worker ends
 *     the session is lost, and with it all locks → all workers end
 *
 * The lock is held by the session that announces this process, so that it is free at once when the process dies. It only
 * spares work: each chunk locks the row of its batch, and goes on where the last one ended.
 */
export function startBatches(options: BatchesOptions): Batches {
  return new Creation(options);
}

class Creation implements Batches {
  readonly #options: BatchesOptions;
  readonly #context: MakingContext;
  readonly #workers = new Map<number, Worker>();
  readonly #lookout: Lookout;

  constructor(options: BatchesOptions) {
    const { db, config, logger, engineSockets } = options;
    this.#options = options;
    this.#context = {
      submission: { config, engineSockets },
      recipes: recipeContext(db, config, logger),
    };
    this.#follow(db.presence);
    db.onReturn(() => this.#follow(db.presence));
    this.#lookout = keepLooking({
      db,
      topic: 'batches',
      look: () => this.#lookOnce(),
      failed: (thrown) => {
        logger.warn({ reason: reasonOf(thrown) }, 'batches could not be looked after');
        return lookMs;
      },
    });
  }

  async stop(): Promise<void> {
    await this.#lookout.stop();
    for (const { stopping } of this.#workers.values()) stopping.abort();
    await Promise.all([...this.#workers.values()].map(({ ended }) => ended));
  }

  /** With the session go its locks. */
  #follow(presence: Presence): void {
    void presence.lost.then(() => {
      for (const { stopping } of this.#workers.values()) stopping.abort();
    });
  }

  async #lookOnce(): Promise<number> {
    const { presence } = this.#options.db;
    const free = lanes - this.#workers.size;
    if (free <= 0) return lookMs;
    const { taken, open } = await takeBatches(presence.queries, [...this.#workers.keys()], free);
    if (presence === this.#options.db.presence) for (const id of taken) this.#begin(id, presence);
    return open > 0 ? lookMs : idleMs;
  }

  #begin(id: number, presence: Presence): void {
    const stopping = new AbortController();
    const ended = this.#work(id, stopping.signal)
      .catch(async (thrown: unknown) => {
        if (stopping.signal.aborted) return;
        this.#options.logger.warn({ batch: id, reason: reasonOf(thrown) }, 'a batch is gone on with later');
        await pause(pauseMs, stopping.signal);
      })
      .finally(async () => {
        await releaseBatch(presence.queries, id).catch(() => undefined);
        this.#workers.delete(id);
        this.#lookout.look();
      });
    this.#workers.set(id, { stopping, ended });
  }

  async #work(id: number, signal: AbortSignal): Promise<void> {
    const { db, logger, chunk = 1000 } = this.#options;
    let limit = chunk;
    while (!signal.aborted) {
      try {
        const { isDone, count, refused } = await createNext(db, this.#context, id, limit);
        if (refused.length > 0)
          logger.warn(
            {
              batch: id,
              refused: refused.length,
              position: refused[0]!.position,
              errors: refused[0]!.errors,
            },
            'of some members of a batch nothing could be made',
          );
        if (isDone) return;
        if (count === limit) limit = Math.min(chunk, limit * 2);
      } catch (thrown) {
        if (isPassing(thrown)) throw thrown;
        if (limit > 1) limit = Math.ceil(limit / 4);
        else {
          logger.error({ err: thrown, batch: id }, 'a run of a batch could not be made');
          await refuseNext(db, id, reasonOf(thrown));
        }
      }
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
