import { type Database, family, lockKeys, type Queries } from '../database/index.ts';
import type { Logger } from '../logging/index.ts';
import type { LogStore } from '../logs/index.ts';
import { stepPurge } from './purge/step.ts';
import { stepPass } from './rules/pass.ts';
import { type OpenWorkspace, sweepFiles } from './sweep-files.ts';

export interface SweeperOptions {
  readonly db: Pick<Database, 'transaction' | 'notify' | 'listen'>;
  readonly open: OpenWorkspace;
  readonly logger: Logger;
  /** Of executions; those of purged jobs go. */
  readonly logs?: Pick<LogStore, 'remove'> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does what there is to do now: purges, the daily pass over what is kept for how long, the content of files that are
 * marked as deleted. Each step is a transaction of whoever holds the lock of the sweepers; killed anywhere, the next
 * sweep goes on. @returns how many steps it took
 */
export async function sweep(options: SweeperOptions): Promise<number> {
  let steps = 0;
  while (!options.signal?.aborted && (await step(options))) steps += 1;
  return steps;
}

/** @returns whether there may be more to do now */
async function step({ db, open, logger, logs }: SweeperOptions): Promise<boolean> {
  let canceling = false;
  const more = await db.transaction(async (tx) => {
    if (!(await isOurs(tx))) return false;
    const purge = await stepPurge(tx);
    if (purge) {
      canceling = purge.canceling;
      for (const execution of purge.executions) await logs?.remove(execution);
      return true;
    }
    if (await stepPass(tx)) return true;
    const { looked, problems } = await sweepFiles(tx, open);
    for (const [problem, files] of problems) logger.warn({ problem, files }, 'deleted files are still there');
    return looked > 0;
  });
  if (canceling) db.notify('actions');
  return more;
}

async function isOurs(tx: Queries): Promise<boolean> {
  const [row] = await tx.query<{ ours: boolean }>('select pg_try_advisory_xact_lock($1, $2) as ours', [
    family,
    lockKeys.sweeping,
  ]);
  return row!.ours;
}

/** Milliseconds between two looks, which find what nobody told of: what is tried again, and what comes of the day. */
const pause = 10_000;

/** Sweeps now, when it is told that there is something, and now and then. @returns what stops it, after the step that it is at */
export function startSweeper(options: Omit<SweeperOptions, 'signal'>): () => Promise<void> {
  const { db, logger } = options;
  const stopping = new AbortController();
  let isWanted = false;
  let running: Promise<void> | undefined;
  const run = async () => {
    while (isWanted && !stopping.signal.aborted) {
      isWanted = false;
      await sweep({ ...options, signal: stopping.signal }).catch((err: unknown) =>
        logger.warn({ err }, 'files could not be removed'),
      );
    }
    running = undefined;
  };
  const want = () => {
    isWanted = true;
    running ??= run();
  };
  want();
  const timer = setInterval(want, pause);
  timer.unref();
  const unlisten = db.listen((topic) => {
    if (topic === 'removals') want();
  });
  return async () => {
    unlisten();
    clearInterval(timer);
    stopping.abort();
    await running;
  };
}
