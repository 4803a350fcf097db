import type { Database } from '../../database/index.ts';
import { countedBatch } from './counted-batch.ts';

/**
 * Makes the tallies anew from the jobs and executions as they stand, for a database whose jobs were written without events.
 * A job then counts once, by how it ended last. Nothing can be changed meanwhile.
 */
export async function rebuildTallies(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query('lock table job, job_exe, event in share mode');
    await tx.query('delete from job_type_hour');
    await tx.query('delete from job_type_day');
    await tx.query('delete from error_day');
    await tx.query('delete from batch_time');
    await tx.query(`with ${batch}, ${countedBatch} select 1`);
    await tx.query(
      `update tally_cursor set xid = last.xid, event_id = last.id
       from (select xid, id from event order by xid desc, id desc limit 1) last`,
    );
  });
}

/** The end of each job, and of each of its executions that was followed by another one. */
const batch = `
  batch as materialized (
    select j.ended as at, 'job' as entity, j.id as entity_id, lower(j.status) as kind,
      jsonb_build_object('job_exe', x.id, 'error', j.error) as data
    from job j left join job_exe x on x.job_id = j.id and x.exe_num = j.num_exes
    where j.status in ('COMPLETED', 'FAILED', 'CANCELED') and j.ended is not null
    union all
    select x.ended, 'job', x.job_id, 'retried', jsonb_build_object('job_exe', x.id, 'error', x.error)
    from job_exe x join job j on j.id = x.job_id
    where x.status = 'FAILED' and x.ended is not null and (j.status <> 'FAILED' or x.exe_num < j.num_exes)
  )`;
