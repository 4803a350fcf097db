import { ok, type Verdict, warning } from './check.ts';

/** What another clock said, and when that was asked and answered by ours, milliseconds since 1970. */
export interface Reading {
  /** ISO 8601. */
  readonly time: string;
  readonly asked: number;
  readonly answered: number;
}

/** How far another clock is ahead of ours, milliseconds, beyond what the question's own time explains. */
export function aheadOf({ time, asked, answered }: Reading): number {
  const there = Date.parse(time);
  return there < asked ? there - asked : Math.max(there - answered, 0);
}

/** Milliseconds that nobody notices, and that everybody does. */
const tolerable = 2_000;
const serious = 60_000;

/** @param other whose clock it is, e.g. `the database` */
export function judgeClock(other: string, ahead: number): Verdict {
  const size = Math.abs(ahead);
  if (size <= tolerable) return ok(`the same time as ${other}`);
  const found = `${other} is ${(size / 1000).toFixed(1)} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine`;
  if (size <= serious) return warning(found, 'Let both set their clocks by NTP.');
  return warning(
    `${found}, so that times in results, logs and leases disagree`,
    'Let both set their clocks by NTP, before anything else.',
  );
}
