import type { Queries } from '../database/index.ts';

/**
 * Queues jobs as one that is there already and has no input files; each as often as is asked for, and no more, however
 * often it is.
 * @param count of all of them, that one included
 * @param key makes the copies known again
 */
export async function queueCopies(db: Queries, jobId: number, count: number, key: string): Promise<void> {
  await db.query(
    `with made as (
       insert into job (job_type_id, job_type_revision_id, status, timeout, input, configuration, max_tries, created_by,
         priority, resources, queue, project_id, queued, dedupe_key)
       select j.job_type_id, j.job_type_revision_id, 'QUEUED', j.timeout, j.input, j.configuration, j.max_tries,
         j.created_by, j.priority, j.resources, j.queue, j.project_id, now(), $3::text || ':' || i
       from job j cross join generate_series(2, $2::integer) i where j.id = $1
       on conflict (dedupe_key) where dedupe_key is not null do nothing returning id, status, created_by
     )
     insert into event (entity, entity_id, kind, actor) select 'job', id, lower(status), created_by from made`,
    [jobId, count, key],
  );
}
