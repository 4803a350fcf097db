import type { Queries, Window } from '../../database/index.ts';
import { errorBase, type StoredError } from './error-base.ts';
import { builtinErrors, type ErrorDetails } from './errors.ts';
import { type JobTypeBase, jobTypeBase } from './job-type-base.ts';
import type { ListPage } from './page.ts';

/** The jobs of a type that all stand alike. */
export interface StandingJobs {
  readonly job_type: JobTypeBase;
  readonly count: number;
  /** Since when the first of them stands so. */
  readonly longest: string;
}

/** Job types that have jobs in this state; the one with the job that has been in it longest comes first. */
export async function standingJobs(
  db: Queries,
  status: 'PENDING' | 'RUNNING',
  window: Window,
): Promise<ListPage<StandingJobs>> {
  const rows = await db.query<StandingJobs & { total: number }>(
    `select count(*) over () as total, ${jobTypeBase} as job_type, c.count, c.longest
     from (
       select job_type_id, count(*) as count, min(last_status_change) as longest from job where status = '${status}'
       group by job_type_id
     ) c join job_type t on t.id = c.job_type_id
     order by c.longest, t.id limit $1::bigint offset $2::bigint`,
    [window.limit, window.offset],
  );
  return { count: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...row }) => row) };
}

/** The failed jobs of a type that ended in the same system error. */
export interface SystemFailures {
  readonly job_type: JobTypeBase;
  /** With the words of the last of them. */
  readonly error: ErrorDetails;
  readonly count: number;
  readonly first_error: string;
  readonly last_error: string;
}

const failed = `status = 'FAILED' and error->>'category' = 'system'`;

/** Job types with failed jobs for which the machinery is to blame, by error; the latest first. */
export async function systemFailures(db: Queries, window: Window): Promise<ListPage<SystemFailures>> {
  const rows = await db.query<Omit<SystemFailures, 'error'> & { total: number; error: StoredError }>(
    `with failures as (
       select job_type_id, error_name as name, count(*) as count, min(last_status_change) as first_error,
         max(last_status_change) as last_error
       from job where ${failed} and error_name is not null group by 1, 2
     ), page as (
       select *, count(*) over () as total from failures
       order by last_error desc, job_type_id, name limit $1::bigint offset $2::bigint
     )
     select p.total, ${jobTypeBase} as job_type, p.count, p.first_error, p.last_error, l.error
     from page p join job_type t on t.id = p.job_type_id cross join lateral (
       select j.error from job j where j.job_type_id = p.job_type_id and j.error_name = p.name and ${failed}
         and j.last_status_change = p.last_error limit 1
     ) l order by p.last_error desc, p.job_type_id, p.name`,
    [window.limit, window.offset],
  );
  const [known] = await builtinErrors(db);
  const { created, last_modified } = known!;
  return {
    count: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _total, error, ...row }) => ({
      ...row,
      error: { ...errorBase(error, row.job_type.name)!, created, last_modified },
    })),
  };
}
