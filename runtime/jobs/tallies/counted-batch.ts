import { dayColumns, endingSums, maxColumns, minColumns, sumColumns } from './endings.ts';

const added = (table: string) =>
  [
    ...sumColumns.map((name) => `${name} = coalesce(${table}.${name}, 0) + coalesce(excluded.${name}, 0)`),
    ...minColumns.map((name) => `${name} = least(${table}.${name}, excluded.${name})`),
    ...maxColumns.map((name) => `${name} = greatest(${table}.${name}, excluded.${name})`),
  ].join(', ');

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
  ), by_error as (
    insert into error_day (day, name, total) select day, name, total from errors
    on conflict (day, name) do update set total = error_day.total + excluded.total
  )`;
