import type { Queries } from '../database/index.ts';
import { cancelJobs } from './actions.ts';

/**
 * Marks jobs as replaced by others, and cancels those that have not ended: what waits at once, what runs is stopped by its
 * runtime. They are never queued again.
 */
export async function supersedeJobs(tx: Queries, ids: readonly number[], actor: string): Promise<void> {
  if (ids.length === 0) return;
  const open = await tx.query<{ id: number }>(
    `select id from job where id = any($1) and status in ('PENDING', 'BLOCKED', 'QUEUED', 'RUNNING')
     order by id for update`,
    [ids],
  );
  await cancelJobs(
    tx,
    open.map(({ id }) => id),
    actor,
  );
  await tx.query(
    `update job set is_superseded = true, superseded = now(), last_modified = now()
     where id = any($1) and not is_superseded`,
    [ids],
  );
}
