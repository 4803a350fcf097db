import type { Queries } from '../../database/index.ts';
import { type BatchRow, supersedes } from './batch-row.ts';
import type { PlannedRun, RunSource } from './source.ts';

/**
 * The recipes of a chain of batches that this one is the last of, each as it was re-processed last: those of the previous
 * batch, and those of batches before it that the previous one had nothing to do for. SQL, `$1` the root, `$2` this batch.
 */
const recipesOfChain = `recipe r join batch b on b.id = r.batch_id
  where b.root_batch_id = $1 and b.id < $2 and r.recipe_id is null and not exists (
    select from recipe s join batch o on o.id = s.batch_id
    where s.superseded_recipe_id = r.id and o.root_batch_id = $1 and o.id < $2)`;

/**
 * Of the jobs `j` of such a chain: those of the previous batch, and those of batches before it that the previous one could not
 * run again. SQL; as a subquery of each row, since a join would go through all jobs that were run again.
 */
const isNewest = `j.recipe_id is null and not j.is_superseded
  and not exists (select from job n where n.previous_job_id = j.id offset 0)`;

/**
 * The recipes of the previous batch, which are re-processed; or, where none is to be superseded, made anew. Or its jobs, which
 * are run again.
 */
export function previousOf(batch: BatchRow): RunSource {
  if (batch.recipeTypeRevisionId === null)
    return { next: (tx, after, limit) => toRunAgain(tx, batch, after, limit) };
  const isAgain = supersedes(batch.definition);
  return {
    // Each is decided by itself, and all of them are locked until the end of the transaction.
    ...(isAgain && { most: 50 }),
    next: (tx, after, limit) =>
      isAgain ? toReprocess(tx, batch, after, limit) : toRepeat(tx, batch, after, limit),
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

interface Repeated {
  readonly id: number;
  readonly input: unknown;
  readonly configuration: Readonly<Record<string, unknown>>;
}

async function toRepeat(tx: Queries, batch: BatchRow, after: number, limit: number): Promise<PlannedRun[]> {
  const rows = await tx.query<Repeated>(
    `select r.id, r.input, r.configuration from ${recipesOfChain} and r.id > $3 order by r.id limit $4`,
    [batch.rootBatchId, batch.id, after, limit],
  );
  return rows.map((row) => repetition(batch, row));
}

async function toRunAgain(tx: Queries, batch: BatchRow, after: number, limit: number): Promise<PlannedRun[]> {
  const rows = await tx.query<Repeated & { readonly priority: number }>(
    // Batch by batch, each in the order of its index: else each chunk would go through all jobs that are left.
    `select j.* from batch b cross join lateral (
       select id, input, configuration, priority from job j
       where j.batch_id = b.id and j.id > $3 and ${isNewest} order by id limit $4) j
     where b.root_batch_id = $1 and b.id < $2 order by j.id limit $4`,
    [batch.rootBatchId, batch.id, after, limit],
  );
  return rows.map((row) => ({
    ...repetition(batch, row),
    priority: batch.configuration.priority ?? row.priority,
    repeats: row.id,
  }));
}

/** The same once more, with what the batch says over it. Pure. */
function repetition(
  { configuration: { reuse } }: BatchRow,
  { id, input, configuration }: Repeated,
): PlannedRun {
  return {
    position: id,
    input,
    configuration: { ...configuration, ...(reuse !== undefined && { reuse }) },
  };
}

/** How many there are. */
export async function countPrevious(
  db: Queries,
  kind: 'recipe' | 'job',
  rootBatchId: number,
  before: number,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    kind === 'recipe'
      ? `select count(*) as count from ${recipesOfChain}`
      : `select count(*) as count from batch b join job j on j.batch_id = b.id
         where b.root_batch_id = $1 and b.id < $2 and ${isNewest}`,
    [rootBatchId, before],
  );
  return row!.count;
}
