import type { Database } from '../../database/index.ts';
import { dayColumns, endingSums, maxColumns, minColumns, sumColumns } from './endings.ts';

/** Events of one step, which is one transaction. */
const stepSize = 20_000;

/**
 * Counts the events that have come since, up to those that might still be joined by earlier ones. Whoever comes while
 * another one counts leaves it to that one.
 */
export async function advanceTallies(db: Database, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await step(db)) === stepSize);
}

/** @returns events that were read */
async function step(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const [cursor] = await tx.query<{ xid: string; id: number }>(
      'select xid, event_id as id from tally_cursor for update skip locked',
    );
    if (!cursor) return 0;
    const [read] = await tx.query<{ count: number }>(statement, [cursor.xid, cursor.id]);
    return read!.count;
  });
}

const added = (table: string) =>
  [
    ...sumColumns.map((name) => `${name} = coalesce(${table}.${name}, 0) + coalesce(excluded.${name}, 0)`),
    ...minColumns.map((name) => `${name} = least(${table}.${name}, excluded.${name})`),
    ...maxColumns.map((name) => `${name} = greatest(${table}.${name}, excluded.${name})`),
  ].join(', ');

const statement = `
  with batch as materialized (
    select e.xid, e.id, e.at, e.entity, e.entity_id, e.kind, e.data from event e
    where (e.xid, e.id) > ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${stepSize}
  ), ${endingSums}, by_day as (
    insert into job_type_day (day, job_type_id, ${dayColumns.join(', ')})
    select day, job_type_id, ${dayColumns.join(', ')} from days
    on conflict (day, job_type_id) do update set ${added('job_type_day')}
  ), by_hour as (
    insert into job_type_hour (hour, job_type_id, completed, most_recent)
    select date_trunc('hour', at, 'UTC'), job_type_id, count(*), max(at) from endings
    where kind = 'completed' group by 1, 2
    on conflict (hour, job_type_id) do update set completed = job_type_hour.completed + excluded.completed,
      most_recent = greatest(job_type_hour.most_recent, excluded.most_recent)
  ), by_error as (
    insert into error_day (day, name, total) select day, name, total from errors
    on conflict (day, name) do update set total = error_day.total + excluded.total
  ), moved as (
    update tally_cursor set xid = last.xid, event_id = last.id
    from (select xid, id from batch order by xid desc, id desc limit 1) last
  )
  select count(*) as count from batch`;
