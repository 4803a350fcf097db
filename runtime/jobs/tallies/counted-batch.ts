import { dayColumns, endingSums, maxColumns, minColumns, sumColumns } from './endings.ts';

const added = (table: string) =>
  [
    ...sumColumns.map((name) => `${name} = coalesce(${table}.${name}, 0) + coalesce(excluded.${name}, 0)`),
    ...minColumns.map((name) => `${name} = least(${table}.${name}, excluded.${name})`),
    ...maxColumns.map((name) => `${name} = greatest(${table}.${name}, excluded.${name})`),
  ].join(', ');

const times = (name: string) => ['sum', 'min', 'max'].map((what) => `${name}_${what}`).join(', ');
const addedTimes = (name: string) => `${name}_sum = batch_time.${name}_sum + excluded.${name}_sum,
      ${name}_min = least(batch_time.${name}_min, excluded.${name}_min),
      ${name}_max = greatest(batch_time.${name}_max, excluded.${name}_max)`;

/** Common table expressions that add the events named `batch` to the tallies. */
export const countedBatch = `
  ${endingSums}, by_day as (
    insert into job_type_day (day, job_type_id, ${dayColumns.join(', ')})
    select day, job_type_id, ${dayColumns.join(', ')} from days
    on conflict (day, job_type_id) do update set ${added('job_type_day')}
  ), by_hour as (
    insert into job_type_hour (hour, job_type_id, completed, most_recent)
    select date_trunc('hour', at, 'UTC'), job_type_id, count(*), max(at) from endings
    where kind = 'completed' group by 1, 2
    on conflict (hour, job_type_id) do update set completed = job_type_hour.completed + excluded.completed,
      most_recent = greatest(job_type_hour.most_recent, excluded.most_recent)
  ), by_batch as (
    insert into batch_time (batch_id, name, executions, ${times('seed')}, ${times('job')})
    select batch_id, node, count(*), sum(job), min(job), max(job), sum(run), min(run), max(run) from endings
    where kind = 'completed' and execution is not null and batch_id is not null group by 1, 2
    on conflict (batch_id, name) do update set executions = batch_time.executions + excluded.executions,
      ${addedTimes('seed')}, ${addedTimes('job')}
  ), by_error as (
    insert into error_day (day, name, total) select day, name, total from errors
    on conflict (day, name) do update set total = error_day.total + excluded.total
  )`;
