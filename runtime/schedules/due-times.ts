import { Cron } from 'croner';

/** When a schedule is due: fields of cron, read in a time zone. */
export interface Rhythm {
  readonly cron: string;
  /** By its IANA name. */
  readonly timezone: string;
}

/** What croner reads beyond cron (seconds, `L`, `W`, `#`, `+`, `?`) is left out. */
const field = /^([\d*,/-]|[a-z]{3})+$/i;
const words = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];

/** What is wrong with a rhythm, to follow the name of its member. Pure. */
export function rhythmProblem({
  cron,
  timezone,
}: Rhythm): { member: keyof Rhythm; problem: string } | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    return {
      member: 'timezone',
      problem: `is ${JSON.stringify(timezone)}, and no time zone of that name is known`,
    };
  }
  const text = cron.trim();
  const problem = (words: string) => ({ member: 'cron' as const, problem: words });
  const fields = text.split(/ +/);
  if (!text.startsWith('@') && (fields.length !== 5 || !fields.every((one) => field.test(one))))
    return problem(
      'must have five fields of numbers, names, *, commas, - and /, or be a word such as @daily',
    );
  if (text.startsWith('@') && !words.includes(text.toLowerCase()))
    return problem(`must be one of ${words.join(', ')}`);
  try {
    if (!reader({ cron, timezone }).nextRun(new Date())) return problem('never comes: there is no such day');
    return undefined;
  } catch (thrown) {
    return problem(`cannot be read: ${(thrown as Error).message.replace(/^CronPattern: /, '')}`);
  }
}

/**
 * The times after `after`, at most so many. Where clocks go forward, a time that does not exist comes at the moment of the
 * change, once; where they go back, a time that exists twice comes the first time, and a field of `*` or with a step goes on
 * through both. Pure.
 */
export function dueTimes(rhythm: Rhythm, after: Date, most: number): Date[] {
  return reader(rhythm).nextRuns(most, after);
}

/** The last time up to `now`. Pure. */
export function lastDue(rhythm: Rhythm, now: Date): Date | undefined {
  return reader(rhythm).previousRuns(1, new Date(now.getTime() + 1))[0];
}

function reader({ cron, timezone }: Rhythm): Cron {
  return new Cron(cron.trim().toLowerCase(), { timezone, mode: '5-part', paused: true });
}
