import type { Queries } from '../../database/index.ts';
import type { BatchState } from '../creation/batch-row.ts';

/** A batch, as far as its tasks are judged by it. */
export interface BatchOfTasks {
  readonly id: number;
  readonly name: string | null;
  readonly state: BatchState;
  /** `recipe_type_revision.id`; null: it is one of single jobs. */
  readonly recipeTypeRevisionId: number | null;
  readonly jobTypeRevisionId: number | null;
}

/** How a batch is named: by its id or its name. */
export type BatchKey = number | string;

const columns = `id, name, state, recipe_type_revision_id as "recipeTypeRevisionId", job_type_revision_id as "jobTypeRevisionId"`;

/** Batches by their ids and names, as they are named. */
export async function batchesNamed(
  db: Queries,
  keys: ReadonlySet<BatchKey>,
): Promise<Map<BatchKey, BatchOfTasks>> {
  const found = new Map<BatchKey, BatchOfTasks>();
  if (keys.size === 0) return found;
  const ids = [...keys].filter((key) => typeof key === 'number');
  const names = [...keys].filter((key) => typeof key === 'string');
  const rows = await db.query<BatchOfTasks>(
    `select ${columns} from batch where project_id = 1 and (id = any($1::bigint[]) or name = any($2::text[]))`,
    [ids, names],
  );
  for (const row of rows) for (const key of [row.id, row.name]) if (key !== null) found.set(key, row);
  return found;
}

/**
 * Keeps batches from being finalized or canceled until the transaction ends; those that are being so are waited for. An
 * advisory lock, whose waiters queue up: the row's would let who finalizes wait for as long as tasks come in without a pause.
 */
export async function holdStaging(tx: Queries, ids: readonly number[]): Promise<void> {
  await tx.query(
    'select pg_advisory_xact_lock_shared(hashtextextended(key, 28)) from (select key from unnest($1::text[]) key order by key offset 0) k',
    [ids.map(stagingKey)],
  );
}

/** For whoever ends the staging of a batch: waits until the tasks that are being taken are there. */
export async function endStaging(tx: Queries, id: number): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 28))', [stagingKey(id)]);
}

const stagingKey = (id: number) => `staging of batch ${id}`;
