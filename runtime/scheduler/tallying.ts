import type { Database, Signals } from '../database/index.ts';
import { advanceTallies } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';

/** Milliseconds: what has not been counted by then is counted by each question anew, 1 ms for each thousand events. */
const pause = 30_000;
/** Pauses after which is counted what nobody told of. */
const mostPauses = 20;

/** Counts what has ended, now and then, and while nothing happens hardly ever. @returns what stops it, after the step that it is at */
export function startTallying(db: Database & Signals, logger: Logger): () => Promise<void> {
  const stopping = new AbortController();
  let counting = Promise.resolve();
  let [isNews, pauses] = [false, 0];
  const count = () => {
    counting = counting
      .then(() => advanceTallies(db, stopping.signal))
      .catch((err: unknown) => logger.warn({ err }, 'what has ended was not counted'));
  };
  count();
  const unlisten = db.listen((topic) => {
    isNews ||= topic === 'jobs' || topic === 'queue';
  });
  const timer = setInterval(() => {
    pauses += 1;
    if (!isNews && pauses < mostPauses) return;
    [isNews, pauses] = [false, 0];
    count();
  }, pause);
  timer.unref();
  return async () => {
    unlisten();
    clearInterval(timer);
    stopping.abort();
    await counting;
  };
}
