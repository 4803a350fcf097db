import { instant } from '../../../seed-schema/index.ts';

/** From `from` on and before `until`, in milliseconds since 1970; `Infinity`: without an end. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A range of times in parts that are whole days, whole hours, and what is left at its ends. All in UTC. */
export interface Spans {
  readonly days: Span | undefined;
  readonly hours: readonly Span[];
  /** Of all whole hours, the days among them. */
  readonly whole: Span | undefined;
}

const hour = 3_600_000;
const day = 24 * hour;

/**
 * The whole hours and days in a range. Pure.
 * @param started ISO 8601
 * @param ended ISO 8601; undefined: without an end
 */
export function spansOf(started: string, ended: string | undefined): Spans {
  const [from, until] = [instant(started)!, ended === undefined ? Infinity : instant(ended)!];
  const whole = within(from, until, hour);
  if (!whole) return { days: undefined, hours: [], whole };
  const days = within(whole.from, whole.until, day);
  if (!days) return { days, hours: [whole], whole };
  const ends = [
    { from: whole.from, until: days.from },
    { from: days.until, until: whole.until },
  ];
  return { days, hours: ends.filter((span) => span.from < span.until), whole };
}

function within(from: number, until: number, unit: number): Span | undefined {
  const span = { from: Math.ceil(from / unit) * unit, until: Math.floor(until / unit) * unit };
  return span.from < span.until ? span : undefined;
}
