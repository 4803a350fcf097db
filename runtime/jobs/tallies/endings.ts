/** The times of an execution, in seconds; of Scale's names. */
export const measures = ['queue', 'pre', 'job', 'post', 'run', 'stage'] as const;
export type Measure = (typeof measures)[number];

/** Events by which a job or a try of it ends. */
export const endingKinds = `('completed', 'failed', 'canceled', 'retried')`;

const secondsOf = (...steps: readonly string[]) =>
  `coalesce(sum(s.ms) filter (where s.name in (${steps.map((step) => `'${step}'`).join(', ')})), 0) / 1000`;

/**
 * Three common table expressions over the events named `batch`: `endings`, one row each; `days`, their sums as in
 * `job_type_day`; `errors`, as in `error_day`. An execution that completed does not change any more, so it may be read long
 * after its event. Jobs and executions are looked up one by one (`offset 0`): the planner takes a few events for a third of
 * all there are, and would read both tables whole.
 */
export const endingSums = `
  endings as materialized (
    select e.at, (e.at at time zone 'UTC')::date as day, j.job_type_id, j.batch_id, j.node, e.kind, e.data->'error' as error, x.*,
      greatest(x.run - x.pre - x.job - x.post, 0) as stage
    from batch e cross join lateral (
      select job_type_id, case when recipe_id is null or recipe_id = root_recipe_id then batch_id end as batch_id,
        coalesce(recipe_node, '') as node
      from job where id = e.entity_id offset 0) j
    left join lateral (
      select x.id as execution,
        greatest(extract(epoch from x.started - x.queued), 0)::double precision as queue,
        greatest(extract(epoch from x.ended - x.started), 0)::double precision as run,
        p.pre, p.job, p.post
      from job_exe x cross join lateral (
        select ${secondsOf('validate', 'build', 'pull', 'register', 'stage-in', 'launch')} as pre,
          ${secondsOf('run')} as job, ${secondsOf('harvest', 'sidecars', 'complete')} as post
        from jsonb_to_recordset(coalesce(x.steps, '[]')) as s (name text, ms double precision)
      ) p where x.id = (e.data->>'job_exe')::bigint and e.kind = 'completed' and x.ended is not null
      offset 0
    ) x on true
    where e.entity = 'job' and e.kind in ${endingKinds}
  ), days as (
    select day, job_type_id,
      count(*) filter (where kind = 'completed') as completed,
      count(*) filter (where kind = 'failed') as failed,
      count(*) filter (where kind = 'canceled') as canceled,
      count(*) filter (where kind = 'failed' and error->>'category' = 'system') as error_system,
      count(*) filter (where kind = 'failed' and error->>'category' = 'data') as error_data,
      count(*) filter (where kind = 'failed' and error->>'category' = 'job') as error_algorithm,
      max(at) filter (where kind = 'completed') as most_recent,
      count(execution) as executions,
      ${measures.map((name) => `sum(${name}) as ${name}_sum, min(${name}) as ${name}_min, max(${name}) as ${name}_max`).join(', ')}
    from endings where kind <> 'retried' group by day, job_type_id
  ), errors as (
    select day, error->>'name' as name, count(*) as total
    from endings where kind in ('failed', 'retried') and error->>'name' is not null group by 1, 2
  )`;

/** What `days` sums up, besides its key. */
const countColumns = [
  'completed',
  'failed',
  'canceled',
  'error_system',
  'error_data',
  'error_algorithm',
  'executions',
];
const secondColumns = measures.map((name) => `${name}_sum`);
export const sumColumns = [...countColumns, ...secondColumns];
export const minColumns = measures.map((name) => `${name}_min`);
export const maxColumns = ['most_recent', ...measures.map((name) => `${name}_max`)];
export const dayColumns = [...sumColumns, ...minColumns, ...maxColumns];

/** The events that are not in the tallies yet, as `batch`. */
export const uncounted = `
  batch as materialized (
    select e.at, e.entity, e.entity_id, e.kind, e.data from event e
    where (e.xid, e.id) > ((select xid from tally_cursor), (select event_id from tally_cursor))
  )`;

/** The sums of days that are added together: `max(x.queue_max) as queue_max, ...`. */
export function merged(table: string): string {
  const each = (columns: readonly string[], how: string) =>
    columns.map((name) => `${how}(${table}.${name}) as ${name}`);
  return [
    ...each(countColumns, 'sum').map((sum) => sum.replace(')', ')::bigint')),
    ...each(secondColumns, 'sum'),
    ...each(minColumns, 'min'),
    ...each(maxColumns, 'max'),
  ].join(', ');
}
