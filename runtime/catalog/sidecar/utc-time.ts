import { instant, inUtc } from '../../../seed-schema/metadata/time.ts';
import { JsonProblem } from './json-text.ts';

/**
 * A time of RFC 3339 as UTC text with microseconds, e.g. `2019-10-14T00:00:00.000000Z`; such texts sort as their times do.
 * What is finer than a microsecond is cut off.
 * @param where the member that holds it, for messages
 * @throws JsonProblem, also for a time without an offset from UTC: whose time it is nobody can know
 */
export function utcTime(text: string, where: string): string {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  // A double loses digits behind the third of a second, so the fraction never goes through Date.
  const whole = instant(text) === undefined ? undefined : instant(text.replace(/\.\d+/, ''));
  const utc = inUtc(text);
  if (whole === undefined)
    throw new JsonProblem(
      utc !== undefined
        ? `${where} has no offset from UTC ("${text}"); write ${utc === `${text}Z` ? 'Z or +hh:mm behind it' : utc}`
        : `${where} is no time of RFC 3339 such as 2019-10-14T00:00:00Z ("${text.slice(0, 60)}")`,
    );
  const date = new Date(whole);
  if (date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999)
    throw new JsonProblem(`${where} lies outside the years 1 to 9999 ("${text}")`);
  return `${date.toISOString().slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}
