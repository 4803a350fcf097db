import type { Database } from '../database/index.ts';
import { advanceTallies } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';

/** Milliseconds: what has not been counted by then is counted by each question anew, 1 ms for each thousand events. */
const pause = 30_000;

/** Counts what has ended, now and then. @returns what stops it, after the step that it is at */
export function startTallying(db: Database, logger: Logger): () => Promise<void> {
  const stopping = new AbortController();
  let counting = Promise.resolve();
  const count = () => {
    counting = counting
      .then(() => advanceTallies(db, stopping.signal))
      .catch((err: unknown) => logger.warn({ err }, 'what has ended was not counted'));
  };
  count();
  const timer = setInterval(count, pause);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stopping.abort();
    await counting;
  };
}
