import type { Body, Client, Page, ScheduleRow, ScheduleRun } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { readDocument } from '../service/read-document.ts';
import { moment } from '../service/words.ts';
import { table } from '../table.ts';
import { named } from '../ingests/named.ts';
import type { SchedulesOptions } from './options.ts';

/** `seed schedules`: does what is asked for, then lists all, or shows the one that it was about. */
export async function schedules(name: string | undefined, options: SchedulesOptions): Promise<0> {
  const { create, pause, resume, run, remove, format } = options;
  const wanted =
    create === undefined
      ? undefined
      : await readDocument(
          create,
          (reason) => new SeedbedError('schedule-file-unreadable', { file: create, reason }),
        );
  const client = await openClient();
  if (wanted) return show(client, await client.addSchedule(wanted as Body<'POST /schedules'>), format);
  const find = (one: string) => named('schedule', one, (query) => client.schedules(query));
  const paused = pause ?? resume;
  if (paused !== undefined)
    await client.changeSchedule((await find(paused)).id, { is_paused: pause !== undefined });
  if (run !== undefined) await client.runSchedule((await find(run)).id);
  if (remove !== undefined) await client.removeSchedule((await find(remove)).id);
  const shown = name ?? run ?? paused;
  if (shown !== undefined) return show(client, await find(shown), format);
  const page = await client.schedules({ page_size: 1000, order: 'name' });
  await print(format, page, () => asText(page));
  return 0;
}

const shownRuns = 10;

async function show(client: Client, schedule: ScheduleRow, format: SchedulesOptions['format']): Promise<0> {
  const { results: runs } = await client.scheduleRuns(schedule.id, { page_size: shownRuns });
  await print(format, { ...schedule, runs }, () => showText(schedule, runs));
  return 0;
}

function showText(schedule: ScheduleRow, runs: readonly ScheduleRun[]): string {
  const { name, cron, timezone, missed, is_paused, next, target } = schedule;
  const rows = [
    ['schedule', name],
    ['when', `${cron} (${timezone})`],
    ['missed', missed],
    ['next', is_paused ? 'paused' : next.map(moment).join(', ') || 'never'],
    ['target', JSON.stringify(target)],
  ];
  const told = runs.map(({ due, state, begun, problem }) => [
    moment(due),
    state,
    begun
      ? Object.entries(begun)
          .map(([kind, { id }]) => `${kind} ${id}`)
          .join()
      : (problem ?? ''),
  ]);
  return `${table(rows)}${runs.length > 0 ? table([['DUE', 'STATE', 'BEGUN'], ...told]) : ''}`;
}

function asText({ results }: Page<ScheduleRow>): string {
  if (results.length === 0) return 'There are no schedules; `seed schedules --create FILE` makes one.\n';
  const rows = results.map(({ name, cron, timezone, is_paused, next, target }) => [
    ...[name, cron, timezone, is_paused ? 'paused' : moment(next[0] ?? null), Object.keys(target).join()],
  ]);
  return table([['SCHEDULE', 'WHEN', 'TIME ZONE', 'NEXT', 'BEGINS'], ...rows]);
}
