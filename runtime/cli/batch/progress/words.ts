import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import { duration } from '../../format.ts';
import { safe } from '../../progress/job-lines.ts';
import { endedOf, type Tally } from '../results/tally.ts';
import { roughly, timeLeft } from './eta.ts';

/** What is known of a batch that runs. */
export interface Standing {
  readonly tally: Tally;
  /** Rows that ended in this process; those that were done before tell nothing of the time that is left. */
  readonly fresh: number;
  /** Milliseconds since this process began with the rows. */
  readonly elapsed: number;
}

/** `37 of 200 rows, 2 failed, 1 rejected  1 min 20 s, about 6 min left`. Pure. */
export function standingText({ tally, fresh, elapsed }: Standing): string {
  const ended = endedOf(tally);
  const parts = [`${ended} of ${tally.total} rows`];
  if (tally.failed > 0) parts.push(`${tally.failed} failed`);
  if (tally.rejected > 0) parts.push(`${tally.rejected} rejected`);
  const left = tally.total - ended;
  const time = timeLeft(fresh, left, elapsed);
  const rest = left > 0 && time !== undefined ? `, about ${roughly(time)} left` : '';
  return `${parts.join(', ')}  ${duration(elapsed)}${rest}`;
}

/** `row 3 (line 4), IN, failed (SB2002 job-error): It failed; mend it.`, on one line whatever is in it. Pure. */
export function failureText({ row, line, column, status, error }: BatchRowDocument): string {
  const place = line === null ? `row ${row}` : `row ${row} (line ${line})`;
  const where = column === null ? place : `${place}, ${column},`;
  const why = error ? ` (${error.code} ${error.name}): ${error.message}` : '';
  return safe(`${where} ${status}${why}`.replace(/\s*[\r\n]\s*/g, ' '));
}
