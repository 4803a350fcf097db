import type { Queries } from '../database/index.ts';

/**
 * Takes the products of jobs out of what is published and found: others have come in their place, or what made them is no
 * part of its recipe any more. Products that were taken out before stay as they are.
 */
export async function unpublishProducts(db: Queries, jobIds: readonly number[]): Promise<void> {
  if (jobIds.length === 0) return;
  await db.query(
    `update scale_file set is_published = false, unpublished = coalesce(unpublished, now()), is_superseded = true,
       superseded = coalesce(superseded, now()), last_modified = now()
     where job_id = any($1) and file_type = 'PRODUCT' and (is_published or not is_superseded)`,
    [jobIds],
  );
}
