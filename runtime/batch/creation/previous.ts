import type { Queries } from '../../database/index.ts';
import { type BatchRow, supersedes } from './batch-row.ts';
import type { PlannedRun, RunSource } from './source.ts';

/**
 * Of the recipes `r` of a chain of batches, those that no later batch of it before this one has re-processed or repeated. SQL, `$1`
 * the root, `$2` this batch; as subqueries of each row, since joins would go through all that were made again.
 */
const isNewestRecipe = `r.recipe_id is null
  and not exists (select from recipe s join batch o on o.id = s.batch_id
    where s.superseded_recipe_id = r.id and o.root_batch_id = $1 and o.id < $2 offset 0)
  and not exists (select from recipe n where n.previous_recipe_id = r.id offset 0)`;

/**
 * Of the jobs `j` of such a chain: those of the previous batch, and those of batches before it that the previous one could not
 * run again.
 */
const isNewestJob = `j.recipe_id is null and not j.is_superseded
  and not exists (select from job n where n.previous_job_id = j.id offset 0)`;

/** Rows of a chain after an id, batch by batch, each in the order of its index: else each chunk would go through all that are left. */
const nextOf = (columns: string, from: string, condition: string) =>
  `select found.* from batch b cross join lateral (
     select ${columns} from ${from} where batch_id = b.id and id > $3 and ${condition} order by id limit $4) found
   where b.root_batch_id = $1 and b.id < $2 order by found.id limit $4`;

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
    nextOf(
      `id, coalesce((
         select max(l.id) from recipe l where l.root_superseded_recipe_id = coalesce(r.root_superseded_recipe_id, r.id)
           and not l.is_superseded and r.is_superseded), r.id) as newest`,
      'recipe r',
      isNewestRecipe,
    ),
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
  const rows = await tx.query<Repeated>(nextOf('id, input, configuration', 'recipe r', isNewestRecipe), [
    batch.rootBatchId,
    batch.id,
    after,
    limit,
  ]);
  return rows.map((row) => repetition(batch, row));
}

async function toRunAgain(tx: Queries, batch: BatchRow, after: number, limit: number): Promise<PlannedRun[]> {
  const rows = await tx.query<Repeated & { readonly priority: number }>(
    nextOf('id, input, configuration, priority', 'job j', isNewestJob),
    [batch.rootBatchId, batch.id, after, limit],
  );
  return rows.map((row) => ({
    ...repetition(batch, row),
    priority: batch.configuration.priority ?? row.priority,
  }));
}

/** The same once more, with what the batch says over it. Pure. */
function repetition(
  { configuration: { reuse } }: BatchRow,
  { id, input, configuration }: Repeated,
): PlannedRun {
  return {
    position: id,
    repeats: id,
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
  const newest =
    kind === 'recipe'
      ? `recipe r on r.batch_id = b.id where ${isNewestRecipe}`
      : `job j on j.batch_id = b.id where ${isNewestJob}`;
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from batch b join ${newest} and b.root_batch_id = $1 and b.id < $2`,
    [rootBatchId, before],
  );
  return row!.count;
}
