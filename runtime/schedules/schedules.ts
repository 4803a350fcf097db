import type { SchedulePatch, SchedulePost, ScheduleTarget } from '../../seed-schema/index.ts';
import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../database/index.ts';
import type { Missed } from './decide.ts';
import { dueTimes } from './due-times.ts';

export interface ScheduleRow {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly cron: string;
  readonly timezone: string;
  readonly missed: Missed;
  readonly target: ScheduleTarget;
  readonly is_paused: boolean;
  readonly next_due: string | null;
  readonly created: string;
  readonly last_modified: string;
}

/** A time at which a schedule was due, or was asked for. */
export interface ScheduleRun {
  readonly id: number;
  readonly due: string;
  readonly state: 'DUE' | 'DONE' | 'FAILED' | 'SKIPPED';
  readonly is_manual: boolean;
  readonly missed: number;
  readonly begun: Readonly<Record<string, { readonly id: number }>> | null;
  readonly problem: string | null;
  readonly ended: string | null;
}

/** Fields that schedules can be sorted by. */
export const scheduleOrders: OrderFields = {
  id: { sql: 's.id', type: 'bigint' },
  name: { sql: 's.name', type: 'text' },
  next_due: { sql: 's.next_due', type: 'timestamptz', nullable: true },
  created: { sql: 's.created', type: 'timestamptz' },
  last_modified: { sql: 's.last_modified', type: 'timestamptz' },
};

const columns = `s.id, s.name, s.description, s.cron, s.timezone, s.missed, s.target, s.is_paused, s.next_due, s.created,
  s.last_modified`;
const runColumns = 'r.id, r.due, r.state, r.is_manual, r.missed, r.begun, r.problem, r.ended';

export function listSchedules(
  db: Queries,
  names: readonly string[] | undefined,
  order: Order,
  window: Window,
): Promise<ListPage<ScheduleRow>> {
  const conditions = new Conditions().equal('s.project_id', 1, 'bigint').among('s.name', names, 'text');
  const listing = {
    ...{ tables: 'schedule s', id: 's.id', conditions, order, fields: scheduleOrders, columns },
    joins: 'schedule s on s.id = page.id',
  };
  return listPage<ScheduleRow>(db, listing, window);
}

/** @returns undefined when there is no such schedule */
export async function scheduleById(db: Queries, id: number, lock = false): Promise<ScheduleRow | undefined> {
  const [row] = await db.query<ScheduleRow>(
    `select ${columns} from schedule s where s.id = $1::bigint ${lock ? 'for update' : ''}`,
    [id],
  );
  return row;
}

/** What became of its due times, the last one first. */
export function listRuns(db: Queries, scheduleId: number, window: Window): Promise<ListPage<ScheduleRun>> {
  const listing = {
    ...{ tables: 'schedule_run r', id: 'r.id', order: [{ field: 'due', descending: true }] },
    fields: { due: { sql: 'r.due', type: 'timestamptz' } } as OrderFields,
    conditions: new Conditions().equal('r.schedule_id', scheduleId, 'bigint'),
    ...{ columns: runColumns, joins: 'schedule_run r on r.id = page.id' },
  };
  return listPage<ScheduleRun>(db, listing, window);
}

/** @returns its id; undefined when the name is taken */
export async function insertSchedule(
  db: Queries,
  wanted: SchedulePost,
  actor: string,
): Promise<number | undefined> {
  const {
    name,
    description = null,
    cron,
    timezone = 'UTC',
    missed = 'once',
    target,
    is_paused = false,
  } = wanted;
  const next = is_paused ? null : await nextDue(db, { cron, timezone });
  const [row] = await db.query<{ id: number }>(
    `insert into schedule (name, description, cron, timezone, missed, target, is_paused, next_due, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (project_id, name) do nothing returning id`,
    [name, description, cron, timezone, missed, target, is_paused, next, actor],
  );
  return row?.id;
}

/** @param before the schedule, locked. What was due before the change, or while it was paused, is not made up for. */
export async function updateSchedule(db: Queries, before: ScheduleRow, change: SchedulePatch): Promise<void> {
  const { id, description, cron, timezone, missed, target, is_paused } = { ...before, ...change };
  const isSame = cron === before.cron && timezone === before.timezone && !before.is_paused;
  const next = is_paused ? null : isSame ? before.next_due : await nextDue(db, { cron, timezone });
  await db.query(
    `update schedule set description = $2, cron = $3, timezone = $4, missed = $5, target = $6, is_paused = $7,
       next_due = $8, last_modified = now() where id = $1`,
    [id, description, cron, timezone, missed, target, is_paused, next],
  );
}

/** @returns whether there was one */
export async function removeSchedule(db: Queries, id: number): Promise<boolean> {
  return (await db.execute('delete from schedule where id = $1::bigint', [id])) > 0;
}

/** Asks for a run now. @returns the run; undefined when there is no such schedule */
export async function requestRun(db: Queries, id: number, actor: string): Promise<ScheduleRun | undefined> {
  const [run] = await db.query<ScheduleRun>(
    `insert into schedule_run as r (schedule_id, due, is_manual, requested_by)
     select id, clock_timestamp(), true, $2 from schedule where id = $1::bigint returning ${runColumns}`,
    [id, actor],
  );
  return run;
}

/** By the clock of the database. */
async function nextDue(db: Queries, rhythm: { cron: string; timezone: string }): Promise<string | null> {
  const [row] = await db.query<{ now: string }>('select now()');
  return dueTimes(rhythm, new Date(row!.now), 1)[0]?.toISOString() ?? null;
}
