import { leftovers, removeLeftover, type Workspaces } from '../catalog/index.ts';
import type { LastingDatabase } from '../database/index.ts';
import { ensureEventPartitions, stillRunning } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import type { LogStore } from '../logs/index.ts';

/** What it takes. */
export interface Upkeep {
  readonly db: LastingDatabase;
  readonly logs: LogStore;
  readonly logger: Logger;
  readonly workspaces: Pick<Workspaces, 'byId'>;
  readonly signal?: AbortSignal | undefined;
}

/** Seconds after the end of an execution: a runtime that only slept may still write. */
const leftoverPatience = 3600;

/**
 * What is to be done now and then, whichever runtime does it: partitions for the events to come, no logs that are older
 * than they are kept, and nothing in workspaces that executions put there and that no row names. A log that nobody ended
 * goes once its execution is over.
 */
export async function upkeep({ db, logs, logger, workspaces, signal }: Upkeep): Promise<void> {
  await ensureEventPartitions(db).catch((err: unknown) => logger.warn({ err }, 'no partitions for events'));
  const running = async (execution: number) => (await stillRunning(db, [execution])).size > 0;
  await logs
    .sweep({ running, signal })
    .catch((err: unknown) => logger.warn({ err }, 'old logs were not removed'));
  await sweepLeftovers({ db, logger, workspaces, signal }, leftoverPatience).catch((err: unknown) =>
    logger.warn({ err }, 'files that no row names were not removed'),
  );
}

/** @param patience seconds after the end of an execution */
export async function sweepLeftovers(
  { db, logger, workspaces, signal }: Omit<Upkeep, 'logs'>,
  patience: number,
): Promise<void> {
  for (const leftover of await leftovers(db, patience)) {
    if (signal?.aborted) return;
    try {
      const workspace = await workspaces.byId(leftover.workspaceId);
      if (workspace) await removeLeftover(db, workspace, leftover, signal);
    } catch (err) {
      logger.warn({ err, leftover }, 'files that no row names were not removed');
    }
  }
}
