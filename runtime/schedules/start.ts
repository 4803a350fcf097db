import type { LastingDatabase } from '../database/index.ts';
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
  let [isOpen, again]: [boolean, boolean] = [true, false];
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  const lookOnce = async (): Promise<number> => {
    try {
      const pause = await doWhatIsDue(context);
      db.notify('queue');
      db.notify('ingest');
      db.notify('batches');
      return Math.min(mostMs, pause ?? mostMs);
    } catch (thrown) {
      logger.warn({ reason: reasonOf(thrown) }, 'schedules could not be looked after');
      return retryMs;
    }
  };
  const look = (): void => {
    if (!isOpen) return;
    if (looking) {
      again = true;
      return;
    }
    clearTimeout(timer);
    looking = lookOnce().then((pause) => {
      looking = undefined;
      if (!isOpen) return;
      timer = setTimeout(look, again ? 0 : Math.ceil(pause)).unref();
      again = false;
    });
  };

  const unlisten = db.listen((topic) => {
    if (topic === 'schedules') look();
  });
  db.onReturn(look);
  look();
  return {
    stop: async () => {
      isOpen = false;
      unlisten();
      clearTimeout(timer);
      await looking;
    },
  };
}
