import { unpublishProducts } from '../catalog/index.ts';
import type { Queries } from '../database/index.ts';

/**
 * Unpublishes what single jobs replace that have completed: the products of those that they supersede, back to the first one.
 * One that is superseded itself, and completed before it was stopped, replaces nothing, and its own are unpublished.
 * @param jobIds of jobs that are COMPLETED now
 */
export async function unpublishReplaced(tx: Queries, jobIds: readonly number[]): Promise<void> {
  const rows = await tx.query<{ id: number }>(
    `with recursive replaced as (
       select o.id, o.previous_job_id from job n join job o on o.id = n.previous_job_id
       where n.id = any($1) and not n.is_superseded and o.is_superseded
       union all
       select o.id, o.previous_job_id from replaced r join job o on o.id = r.previous_job_id where o.is_superseded
     )
     select id from replaced union all select id from job where id = any($1) and is_superseded`,
    [jobIds],
  );
  await unpublishProducts(
    tx,
    rows.map(({ id }) => id),
  );
}
