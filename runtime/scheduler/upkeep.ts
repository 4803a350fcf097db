import type { LastingDatabase } from '../database/index.ts';
import { ensureEventPartitions, stillRunning } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import type { LogStore } from '../logs/index.ts';

/**
 * What is to be done now and then, whichever runtime does it: partitions for the events to come, and no logs that are
 * older than they are kept. A log that nobody ended goes once its execution is over.
 */
export async function upkeep(
  db: LastingDatabase,
  logs: LogStore,
  logger: Logger,
  signal?: AbortSignal,
): Promise<void> {
  await ensureEventPartitions(db).catch((err: unknown) => logger.warn({ err }, 'no partitions for events'));
  const running = async (execution: number) => (await stillRunning(db, [execution])).size > 0;
  await logs
    .sweep({ running, signal })
    .catch((err: unknown) => logger.warn({ err }, 'old logs were not removed'));
}
