import type { Queries } from '../database/index.ts';

/**
 * Takes the products of jobs out of what is published and found: others have come in their place, or what made them is no
 * part of its recipe any more. Products that were taken out before stay as they are; so do those that other jobs reuse.
 */
export async function unpublishProducts(db: Queries, jobIds: readonly number[]): Promise<void> {
  if (jobIds.length === 0) return;
  await db.query(
    `update scale_file f set is_published = false, unpublished = coalesce(unpublished, now()), is_superseded = true,
       superseded = coalesce(superseded, now()), last_modified = now()
     where job_id = any($1) and file_type = 'PRODUCT' and (is_published or not is_superseded)
       and not exists (select from job r
         where r.reused_job_exe_id = f.job_exe_id and not r.is_superseded and r.id <> all($1))`,
    [jobIds],
  );
}
