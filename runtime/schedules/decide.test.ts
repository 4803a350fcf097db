import { describe, expect, it } from '@jest/globals';
import { decideRuns } from './decide.ts';
import { dueTimes, rhythmProblem } from './due-times.ts';

const times = (cron: string, timezone: string, after: string, count: number) =>
  dueTimes({ cron, timezone }, new Date(after), count).map((time) =>
    time.toISOString().replace(':00.000Z', 'Z'),
  );

describe('due times', () => {
  it.each([
    ['@daily', 'Europe/Berlin', '2026-01-01T00:00Z', ['2026-01-01T23:00Z', '2026-01-02T23:00Z']],
    ['15 6 * * MON-FRI', 'UTC', '2026-01-02T07:00Z', ['2026-01-05T06:15Z', '2026-01-06T06:15Z']],
    ['0 0 13 * 5', 'UTC', '2026-01-09T00:00Z', ['2026-01-13T00:00Z', '2026-01-16T00:00Z']],
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    // On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00, at 01:00 UTC.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['0 2-3 * * *', 'Europe/Berlin', '2026-03-28T03:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:00Z']],
    // On 25 October 2026 they go from 03:00 to 02:00, at 01:00 UTC.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T03:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', ['2026-10-25T00:00Z', '2026-10-25T01:00Z']],
  ])('of %s in %s', (cron, timezone, after, expected) => {
    expect(times(cron, timezone, after, 2)).toEqual(expected);
  });

  it.each([
    ['* * * *', 'UTC', 'cron'],
    ['0 0 * * * *', 'UTC', 'cron'],
    ['61 * * * *', 'UTC', 'cron'],
    ['0 0 L * *', 'UTC', 'cron'],
    ['? * * * *', 'UTC', 'cron'],
    ['@reboot', 'UTC', 'cron'],
    ['0 0 30 2 *', 'UTC', 'cron'],
    ['2026-01-01T00:00:00Z', 'UTC', 'cron'],
    ['@daily', 'Mars/Olympus', 'timezone'],
  ])('are refused: %s in %s', (cron, timezone, member) => {
    expect(rhythmProblem({ cron, timezone })?.member).toBe(member);
  });

  it.each(['@daily', '@midnight', '*/5 0-6,12 1 JAN-MAR *'])('are read: %s', (cron) => {
    expect(rhythmProblem({ cron, timezone: 'America/New_York' })).toBeUndefined();
  });
});

describe('what is made up for', () => {
  const hourly = { cron: '@hourly', timezone: 'UTC' };
  const decide = (missed: 'skip' | 'once' | 'all', first: string, now: string) => {
    const { runs, next } = decideRuns(hourly, missed, new Date(first), new Date(now));
    const told = runs.map(
      ({ due, state, missed: count }) => `${due.toISOString().slice(0, 16)} ${state} ${count}`,
    );
    return [told, next!.toISOString().slice(0, 16)];
  };

  it.each(['skip', 'once', 'all'] as const)('a time that has just come is carried out: %s', (missed) => {
    const run = ['2026-01-01T05:00 DUE 0'];
    expect(decide(missed, '2026-01-01T05:00Z', '2026-01-01T05:00:30Z')).toEqual([run, '2026-01-01T06:00']);
  });

  it('of many: none, one for all, or each', () => {
    const [first, now] = ['2026-01-01T05:00Z', '2026-01-01T07:30Z'];
    expect(decide('skip', first, now)).toEqual([['2026-01-01T07:00 SKIPPED 2'], '2026-01-01T08:00']);
    expect(decide('once', first, now)).toEqual([['2026-01-01T07:00 DUE 2'], '2026-01-01T08:00']);
    const each = ['2026-01-01T05:00 DUE 0', '2026-01-01T06:00 DUE 0', '2026-01-01T07:00 DUE 0'];
    expect(decide('all', first, now)).toEqual([each, '2026-01-01T08:00']);
  });

  it('skips what was missed, and carries out what has just come', () => {
    const decided = decide('skip', '2026-01-01T05:00Z', '2026-01-01T07:00:10Z');
    expect(decided).toEqual([['2026-01-01T07:00 DUE 2'], '2026-01-01T08:00']);
  });

  it('of a year: the last one, or a portion that is gone on with', () => {
    const [first, now] = ['2025-01-01T00:00Z', '2026-01-01T00:30Z'];
    expect(decide('once', first, now)).toEqual([['2026-01-01T00:00 DUE 99'], '2026-01-01T01:00']);
    const [runs, next] = decide('all', first, now);
    expect([runs!.length, runs!.at(-1), next]).toEqual([100, '2025-01-05T03:00 DUE 0', '2025-01-05T04:00']);
  });
});
