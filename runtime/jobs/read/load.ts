import { Conditions, type Queries } from '../../database/index.ts';

/** Jobs that are counted. */
export interface LoadFilter {
  readonly jobTypeIds?: readonly number[] | undefined;
  readonly jobTypeNames?: readonly string[] | undefined;
  readonly priorities?: readonly number[] | undefined;
}

/** How many jobs stood where at one time. */
export interface LoadRow {
  readonly time: string;
  readonly pending_count: number;
  readonly queued_count: number;
  readonly running_count: number;
}

/**
 * The load at `points` times from `started` to `ended`, evenly apart, the first time first. It is made from what jobs and
 * executions say of themselves: a queued job counts from when it was queued last, an execution as queued from `queued` to
 * `started` and as running from then to its end.
 * @param started ISO 8601, not after `ended`
 */
export async function loadBetween(
  db: Queries,
  filter: LoadFilter,
  started: string,
  ended: string,
  points: number,
): Promise<LoadRow[]> {
  const conditions = new Conditions()
    .among('j.job_type_id', filter.jobTypeIds, 'bigint')
    .among('t.name', filter.jobTypeNames, 'text')
    .among('j.priority', filter.priorities, 'bigint');
  const from = conditions.bind(started, 'timestamptz');
  const to = conditions.bind(ended, 'timestamptz');
  const steps = conditions.bind(Math.max(1, points - 1), 'bigint');
  const join = 'join job_type t on t.id = j.job_type_id';
  return db.query<LoadRow>(
    `with spans as materialized (
       select 'P' as kind, j.created as since, null::timestamptz as until from job j ${join}
         where j.status = 'PENDING' and j.created <= ${to} and ${conditions.text}
       union all select 'Q', j.queued, null from job j ${join}
         where j.status = 'QUEUED' and j.queued <= ${to} and ${conditions.text}
       union all select 'Q', e.queued, e.started from job_exe e join job j on j.id = e.job_id ${join}
         where e.queued <= ${to} and e.started > ${from} and ${conditions.text}
       union all select 'R', e.started, e.ended from job_exe e join job j on j.id = e.job_id ${join}
         where e.started <= ${to} and (e.ended is null or e.ended > ${from}) and ${conditions.text}
     ), moves as (
       select kind, since as at, 1 as change from spans
       union all select kind, until, -1 from spans where until is not null
     ), times as (
       select distinct ${from} + (${to} - ${from}) * (i::float8 / ${steps}::float8) as time
       from generate_series(0, ${steps}) i
     ), steps as (
       select time as at, time, null as kind, 0 as change from times
       union all select at, null, kind, change from moves where at <= ${to}
     ), sums as (
       select time,
         coalesce(sum(change) filter (where kind = 'P') over up_to_here, 0) as pending_count,
         coalesce(sum(change) filter (where kind = 'Q') over up_to_here, 0) as queued_count,
         coalesce(sum(change) filter (where kind = 'R') over up_to_here, 0) as running_count
       from steps window up_to_here as (order by at range unbounded preceding)
     )
     select time, pending_count, queued_count, running_count from sums where time is not null order by time`,
    conditions.values,
  );
}
