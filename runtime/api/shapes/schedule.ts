import { dueTimes, type ScheduleRow } from '../../schedules/index.ts';

const shownTimes = 5;

/** A schedule, with the times at which it is due next. */
export function scheduleDocument({ next_due, ...row }: ScheduleRow): Record<string, unknown> {
  const next =
    next_due === null ? [] : [next_due, ...dueTimes(row, new Date(next_due), shownTimes - 1).map(asText)];
  return { ...row, next };
}

function asText(date: Date): string {
  return date.toISOString();
}
