const form = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|([+-])(\d\d):(\d\d))?$/;

/**
 * The instant that a time of RFC 3339 names, in milliseconds since 1970; undefined for what is none: no offset from UTC, a
 * day that the calendar lacks, the year 0000 or an offset of 16 hours and more (Postgres takes neither).
 */
export function instant(text: string): number | undefined {
  const match = form.exec(text);
  if (!match?.[8]) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six;
  const offset = match[9] ? (Number(match[10]) * 60 + Number(match[11])) * (match[9] === '-' ? -1 : 1) : 0;
  if (Math.abs(offset) >= 16 * 60 || Number(match[11] ?? 0) > 59) return undefined;
  if (year === 0 || hour > 23 || minute > 59 || second > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  // A leap second is 23:59:60 UTC at a month's end (RFC 3339, 5.7).
  const minutes = hour * 60 + minute - offset;
  if (second === 60 && ((minutes % 1440) + 1440) % 1440 !== 1439) return undefined;
  return date.getTime() + (minutes * 60 + second) * 1000 + Number(match[7] ?? 0) * 1000;
}

/**
 * A text that is a time but for its offset, or a date alone, as the time of UTC that it may mean; undefined for another one.
 * The author knows the time, we cannot know the zone.
 */
export function inUtc(text: string): string | undefined {
  return [`${text}Z`, `${text}T00:00:00Z`].find((time) => instant(time) !== undefined);
}

/** Whether a text is a time but for its offset, or a date alone. */
export function lacksOffset(text: string): boolean {
  return inUtc(text) !== undefined;
}

type Six = [number, number, number, number, number, number];
