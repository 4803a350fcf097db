import type { Queries } from '../../database/index.ts';
import type { JobStatus } from '../state.ts';

/** How many jobs of a type are in a state that will not last. */
export interface Depth {
  readonly jobTypeId: number;
  readonly name: string;
  readonly version: string;
  readonly status: Extract<JobStatus, 'PENDING' | 'BLOCKED' | 'QUEUED' | 'RUNNING'>;
  readonly count: number;
  /** Of queued ones: those that wait for the time of another try. */
  readonly delayed: number;
}

/**
 * The jobs that are not over, by type and status, the most first. Counted in the index of (job_type_id, status), entered
 * for each: what is over costs nothing, however much that is.
 */
export async function queueDepth(db: Queries): Promise<Depth[]> {
  return db.prepared<Depth>(
    'depth',
    `with late as (
       select job_type_id, count(*) from job where status = 'QUEUED' and not_before is not null group by 1
     )
     select t.id as "jobTypeId", t.name, t.version, s.status, c.count,
       case s.status when 'QUEUED' then coalesce(late.count, 0) else 0 end as delayed
     from job_type t
     cross join unnest('{PENDING,BLOCKED,QUEUED,RUNNING}'::text[]) as s (status)
     cross join lateral (select count(*) from job where job_type_id = t.id and status = s.status) c
     left join late on late.job_type_id = t.id
     where c.count > 0 order by c.count desc, t.id, s.status`,
    [],
  );
}
