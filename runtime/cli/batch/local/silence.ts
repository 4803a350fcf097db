import { type Runtime, whyWaiting } from '../../../scheduler/index.ts';

const everyMs = 3000;

/**
 * While rows wait and none runs, asks why, and tells it: another service may hold the machine, or have paused it.
 * @param oldest `job.id` of a row that has not ended
 * @param tell undefined: rows run again
 */
export function tellWhyNothingRuns(
  { db, scheduler }: Runtime,
  oldest: () => number | undefined,
  tell: (reason: string | undefined) => void,
): { end(): void } {
  let told: string | undefined;
  const look = async () => {
    const job = oldest();
    const why = scheduler.running > 0 || job === undefined ? undefined : await whyWaiting(db, job);
    const reason = why?.waiting_for[0]?.description;
    if (reason !== told) tell(reason);
    told = reason;
  };
  const timer = setInterval(() => void look().catch(() => undefined), everyMs);
  return { end: () => clearInterval(timer) };
}
