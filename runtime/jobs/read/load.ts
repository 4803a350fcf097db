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
  const isFiltered = conditions.values.length > 0;
  const where = conditions.text;
  const from = conditions.bind(started, 'timestamptz');
  const to = conditions.bind(ended, 'timestamptz');
  const steps = conditions.bind(Math.max(1, points - 1), 'bigint');
  const types = isFiltered ? 'join job_type t on t.id = j.job_type_id' : '';
  const executions = `job_exe e ${isFiltered ? `join job j on j.id = e.job_id ${types}` : ''}`;
  // The number of the first point that is not before a time; of the point itself, whatever is lost in the division.
  const point = (time: string) =>
    `greatest(0, ceil(extract(epoch from ${time} - ${from})::float8 / span.step - 1e-12))::bigint`;
  return db.query<LoadRow>(
    `with span as materialized (
       select case when ${to} > ${from} then extract(epoch from ${to} - ${from})::float8 / ${steps} else 1 end as step
     ), lives as (
       select 'P' as kind, j.created as since, null::timestamptz as until from job j ${types}
         where j.status = 'PENDING' and j.created <= ${to} and ${where}
       union all select 'Q', j.queued, null from job j ${types}
         where j.status = 'QUEUED' and j.queued <= ${to} and ${where}
       union all select 'Q', e.queued, e.started from ${executions}
         where e.queued <= ${to} and e.started > ${from} and ${where}
       union all select 'R', e.started, e.ended from ${executions}
         where e.started <= ${to} and e.ended > ${from} and ${where}
       union all select 'R', e.started, null from ${executions}
         where e.started <= ${to} and e.status = 'RUNNING' and e.ended is null and ${where}
     ), moves as materialized (
       select kind, at, sum(change) as change from (
         select kind, ${point('since')} as at, 1 as change from lives, span
         union all select kind, ${point('until')}, -1 from lives, span where until is not null and until <= ${to}
       ) each group by kind, at
     )
     select distinct on (time) ${from} + (${to} - ${from}) * (i::float8 / ${steps}::float8) as time,
       coalesce((select sum(change) from moves where kind = 'P' and at <= i), 0)::bigint as pending_count,
       coalesce((select sum(change) from moves where kind = 'Q' and at <= i), 0)::bigint as queued_count,
       coalesce((select sum(change) from moves where kind = 'R' and at <= i), 0)::bigint as running_count
     from generate_series(0, ${steps}) i order by time, i`,
    conditions.values,
  );
}
