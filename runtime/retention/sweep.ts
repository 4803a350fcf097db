import {
  type Database,
  family,
  idleMs,
  keepLooking,
  type LastingDatabase,
  lockKeys,
  type Lookout,
  type Queries,
} from '../database/index.ts';
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

/** Milliseconds between two looks at what another runtime is at, or what could not be done. */
const pause = 2_000;

/** Milliseconds until there is something to do; zero or less: there is now. In one statement, all that an idle service asks. */
async function untilDue(db: Queries): Promise<number> {
  const [row] = await db.query<{ ms: number }>(
    `select extract(epoch from least(
         (select min(not_before) from purge where ended is null),
         (select min(not_before) from file_removal),
         (select case when requested is not null or started is null or ended is null then now()
            else started + interval '1 day' end from retention_pass)
       ) - now())::double precision * 1000 as ms`,
  );
  return row!.ms;
}

/** Sweeps now, when it is told that there is something, and when the next thing is due. */
export function startSweeper(
  options: Omit<SweeperOptions, 'signal' | 'db'> & { readonly db: LastingDatabase },
): Lookout {
  const { db, logger } = options;
  const stopping = new AbortController();
  const lookout = keepLooking({
    db,
    topic: 'removals',
    look: async () => {
      let due = await untilDue(db);
      if (due <= 0) {
        await sweep({ ...options, signal: stopping.signal });
        due = await untilDue(db);
      }
      return Math.min(idleMs, Math.max(pause, due));
    },
    failed: (err) => {
      logger.warn({ err }, 'files could not be removed');
      return pause;
    },
  });
  return {
    ...lookout,
    stop: () => {
      stopping.abort();
      return lookout.stop();
    },
  };
}
