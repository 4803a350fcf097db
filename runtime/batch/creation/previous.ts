import type { Queries } from '../../database/index.ts';
import type { BatchRow } from './batch-row.ts';
import type { PlannedRun, RunSource } from './source.ts';

/**
 * The recipes of a chain of batches that this one is the last of, each as it was re-processed last: those of the previous
 * batch, and those of batches before it that the previous one had nothing to do for. SQL, `$1` the root, `$2` this batch.
 */
const recipesOfChain = `recipe r join batch b on b.id = r.batch_id
  where b.root_batch_id = $1 and b.id < $2 and r.recipe_id is null and not exists (
    select from recipe s join batch o on o.id = s.batch_id
    where s.superseded_recipe_id = r.id and o.root_batch_id = $1 and o.id < $2)`;

/** The recipes of the previous batch, which are re-processed; or, where none is to be superseded, made anew. */
export function previousOf(batch: BatchRow): RunSource {
  const supersedes = batch.definition.supersedes ?? true;
  return {
    // Each is decided by itself, and all of them are locked until the end of the transaction.
    ...(supersedes && { most: 50 }),
    next: (tx, after, limit) =>
      supersedes ? toReprocess(tx, batch, after, limit) : toRepeat(tx, batch, after, limit),
  };
}

/** One that was re-processed by itself since then is gone on with as it is now. */
async function toReprocess(
  tx: Queries,
  batch: BatchRow,
  after: number,
  limit: number,
): Promise<PlannedRun[]> {
  const rows = await tx.query<{ id: number; newest: number }>(
    `select r.id, coalesce((
         select max(id) from recipe where root_superseded_recipe_id = coalesce(r.root_superseded_recipe_id, r.id)
           and not is_superseded and r.is_superseded), r.id) as newest
     from ${recipesOfChain} and r.id > $3 order by r.id limit $4`,
    [batch.rootBatchId, batch.id, after, limit],
  );
  return rows.map(({ id, newest }) => ({ position: id, input: undefined, reprocesses: newest }));
}

async function toRepeat(tx: Queries, batch: BatchRow, after: number, limit: number): Promise<PlannedRun[]> {
  const rows = await tx.query<{ id: number; input: unknown; configuration: Record<string, unknown> }>(
    `select r.id, r.input, r.configuration from ${recipesOfChain} and r.id > $3 order by r.id limit $4`,
    [batch.rootBatchId, batch.id, after, limit],
  );
  return rows.map(({ id, input, configuration }) => ({ position: id, input, configuration }));
}

/** How many there are. */
export async function countPrevious(db: Queries, rootBatchId: number, before: number): Promise<number> {
  const [row] = await db.query<{ count: number }>(`select count(*) as count from ${recipesOfChain}`, [
    rootBatchId,
    before,
  ]);
  return row!.count;
}
