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
 * executions say of themselves: a pending or queued job counts from when it last came to that, an execution as queued from
 * `queued` to `started` and as running from then to its end. Most executions begin and end between two points: those count
 * nowhere, and are passed over in the index.
 * @param started ISO 8601, not after `ended`
 */
export async function loadBetween(
  db: Queries,
  filter: LoadFilter,
  started: string,
  ended: string,
  points: number,
): Promise<LoadRow[]> {
  const conditions = new Conditions();
  const { ofJob, ofExecution, jobs } = await filtered(db, filter, conditions);
  const from = conditions.bind(started, 'timestamptz');
  const to = conditions.bind(ended, 'timestamptz');
  const steps = conditions.bind(Math.max(1, points - 1), 'bigint');
  const standing = (kind: string, status: string) => `
    select '${kind}' as kind, p.place as at, s.count as change from point p cross join lateral (
      select count(*) as count from job j where j.status = '${status}' and j.last_status_change > p.before
        and j.last_status_change <= p.time and ${ofJob}) s`;
  const crossing = (kind: string, since: string, until: string) => `
    select '${kind}' as kind, c.since, p.place + 1 as until from point p cross join lateral (
      select e.${since} as since from job_exe e ${jobs}
      where e.${until} > p.time and e.${until} <= p.next and e.${since} <= p.time and ${ofExecution} offset 0) c`;
  return db.query<LoadRow>(
    `with point as materialized (
       select time, row_number() over by_time - 1 as place, coalesce(lag(time) over by_time, '-infinity') as before,
         coalesce(lead(time) over by_time, 'infinity') as next
       from (select distinct ${from} + (${to} - ${from}) * (i::float8 / ${steps}::float8) as time
         from generate_series(0, ${steps}) i) t
       window by_time as (order by time)
     ), times as materialized (
       select array_agg(time order by time) as all from point
     ), life as materialized (
       ${crossing('Q', 'queued', 'started')}
       union all ${crossing('R', 'started', 'ended')}
       union all select 'R', e.started, null from job_exe e ${jobs}
         where e.status = 'RUNNING' and e.ended is null and e.started <= ${to} and ${ofExecution}
     ), move as materialized (
       select kind, at, sum(change) as change from (
         ${standing('P', 'PENDING')}
         union all ${standing('Q', 'QUEUED')}
         -- The first point that is not before that time: as many points are before it.
         union all select kind, width_bucket(since - interval '1 microsecond', times.all), 1 from life, times
         union all select kind, until, -1 from life where until is not null
       ) each group by kind, at
     )
     select time, ${['P', 'Q', 'R'].map((kind) => `coalesce((select sum(change) from move where kind = '${kind}' and at <= place), 0)::bigint as ${names[kind as keyof typeof names]}`).join(', ')}
     from point order by time`,
    conditions.values,
  );
}

const names = { P: 'pending_count', Q: 'queued_count', R: 'running_count' };

/** Conditions over `job j` alone, and over `job_exe e` with what is joined to it. */
async function filtered(db: Queries, filter: LoadFilter, conditions: Conditions) {
  const [ofJob, ofExecution] = [['true'], ['true']];
  const types = await typesOf(db, filter);
  if (types) {
    const among = `= any(${conditions.bind(types, 'bigint[]')})`;
    ofJob.push(`j.job_type_id ${among}`);
    ofExecution.push(`e.job_type_id ${among}`);
  }
  if (filter.priorities) {
    const priority = `j.priority = any(${conditions.bind(filter.priorities, 'bigint[]')})`;
    ofJob.push(priority);
    ofExecution.push(priority);
  }
  return {
    ofJob: ofJob.join(' and '),
    ofExecution: ofExecution.join(' and '),
    jobs: filter.priorities ? 'join job j on j.id = e.job_id' : '',
  };
}

/** @returns undefined for all types */
async function typesOf(db: Queries, filter: LoadFilter): Promise<number[] | undefined> {
  if (!filter.jobTypeIds && !filter.jobTypeNames) return undefined;
  const conditions = new Conditions()
    .among('id', filter.jobTypeIds, 'bigint')
    .among('name', filter.jobTypeNames, 'text');
  const types = await db.query<{ id: number }>(
    `select id from job_type where ${conditions.text}`,
    conditions.values,
  );
  return types.map(({ id }) => id);
}
