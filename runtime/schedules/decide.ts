import { dueTimes, lastDue, type Rhythm } from './due-times.ts';

export type Missed = 'skip' | 'once' | 'all';

/** A due time that gets a row. */
export interface DecidedRun {
  readonly due: Date;
  readonly state: 'DUE' | 'SKIPPED';
  /** Earlier due times that it stands for, too. */
  readonly missed: number;
}

/** What so long ago was due, milliseconds, is missed: nobody was there for it. */
export const graceMs = 60_000;

/** Due times that are looked at together (0.4 ms each). Of more than so many that were missed, so many are told. */
export const mostAtOnce = 100;

/**
 * Which of the due times up to now are carried out. Pure.
 *
 *     all    each of them; of many a portion, and `next` has come, too
 *     once   the last one, which stands for the others
 *     skip   the last one, unless it was due more than a minute ago; that is then told as SKIPPED
 *
 * @param first that has not been decided yet, and has come
 * @returns the runs, and the time after them; null: it never comes again
 */
export function decideRuns(
  rhythm: Rhythm,
  missed: Missed,
  first: Date,
  now: Date,
): { readonly runs: readonly DecidedRun[]; readonly next: Date | null } {
  const [second] = dueTimes(rhythm, first, 1);
  const isOne = second === undefined || second > now;
  const times = [first, ...(isOne ? [second ?? []].flat() : dueTimes(rhythm, first, mostAtOnce))];
  const past = times.slice(0, mostAtOnce).filter((time) => time <= now);
  const following = times[past.length] ?? null;
  if (missed === 'all')
    return { runs: past.map((due) => ({ due, state: 'DUE', missed: 0 })), next: following };
  const isMore = following !== null && following <= now;
  const last = (isMore ? lastDue(rhythm, now) : undefined) ?? past.at(-1)!;
  const next = isMore ? (dueTimes(rhythm, now, 1)[0] ?? null) : following;
  const isLate = missed === 'skip' && now.getTime() - last.getTime() > graceMs;
  return { runs: [{ due: last, state: isLate ? 'SKIPPED' : 'DUE', missed: past.length - 1 }], next };
}
