import { keepLooking, type LastingDatabase } from '../database/index.ts';
import { reasonOf } from '../errors/index.ts';
import type { Logger } from '../logging/index.ts';
import type { BeginContext } from './begin.ts';
import { doWhatIsDue, retryMs } from './pass.ts';

export interface SchedulesOptions extends BeginContext {
  readonly db: LastingDatabase;
  readonly logger: Logger;
}

export interface Schedules {
  /** Ends after what it is at. */
  stop(): Promise<void>;
}

/** Clocks are set, and a signal may be lost: it looks at least once an hour. */
const mostMs = 3_600_000;

/**
 * Begins what schedules are for, beside other runtimes that do the same. It knows when the next one is due and sleeps until
 * then, or until it is told of a change: nothing is asked of the database in between.
 */
export function startSchedules({ logger, ...context }: SchedulesOptions): Schedules {
  const { db } = context;
  return keepLooking({
    db,
    topic: 'schedules',
    look: async () => {
      const pause = await doWhatIsDue(context);
      for (const topic of ['queue', 'ingest', 'batches'] as const) db.notify(topic);
      return Math.min(mostMs, pause ?? mostMs);
    },
    failed: (thrown) => {
      logger.warn({ reason: reasonOf(thrown) }, 'schedules could not be looked after');
      return retryMs;
    },
  });
}
