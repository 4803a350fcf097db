import { instant } from '../../../seed-schema/index.ts';

/** The day in UTC of a time of ISO 8601, as `2019-10-14`. */
export function dayOf(time: string): string {
  return new Date(instant(time)!).toISOString().slice(0, 10);
}
