import type { Queries } from '../database/index.ts';

/** Jobs of one revision that wait for their configuration and have the same one of their own. */
export interface PendingJobs {
  /** `job.id`s. */
  readonly ids: readonly number[];
  /** Of their revision, as its author wrote it. */
  readonly manifest: unknown;
  readonly typeConfiguration: Record<string, unknown>;
  readonly configuration: Record<string, unknown>;
}

/** The jobs of a type that wait for their configuration, and not for what nodes of their recipe give them. */
export async function pendingJobs(db: Queries, jobTypeId: number): Promise<PendingJobs[]> {
  return db.query<PendingJobs>(
    `select p.ids, r.manifest, t.configuration as "typeConfiguration", p.configuration
     from (select job_type_revision_id as revision, configuration, array_agg(id order by id) as ids from job
       where job_type_id = $1 and status = 'PENDING' and not awaits_input group by 1, 2) p
     join job_type_revision r on r.id = p.revision join job_type t on t.id = r.job_type_id`,
    [jobTypeId],
  );
}

/** PENDING → QUEUED. @returns how many of them waited */
export async function queuePending(tx: Queries, ids: readonly number[], actor: string): Promise<number> {
  const rows = await tx.query(
    `with queued as (
       update job set status = 'QUEUED', queued = now(), last_status_change = now(), last_modified = now()
       where id = any($1) and status = 'PENDING' returning id
     ), events as (
       insert into event (entity, entity_id, kind, actor) select 'job', id, 'queued', $2 from queued
     )
     select id from queued`,
    [ids, actor],
  );
  return rows.length;
}
