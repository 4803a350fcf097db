import type { BatchPatch } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { lockBatch } from '../creation/batch-row.ts';
import { judgeBatch } from './judge-batch.ts';

/**
 * Changes a batch; members that are left out stay as they are. Another configuration counts for what is made from then on.
 * @returns whether there is such a batch
 * @throws Refusal (invalid-batch) when the configuration does not fit the dataset
 */
export async function changeBatch(tx: Queries, id: number, change: BatchPatch): Promise<boolean> {
  const batch = await lockBatch(tx, id);
  if (!batch) return false;
  const { title, description, configuration } = change;
  if (configuration && batch.datasetId !== null) {
    const [type] = await tx.query<{ recipe: number | null }>(
      'select recipe_type_id as recipe from batch where id = $1',
      [id],
    );
    const of = type!.recipe === null ? { job_type_id: batch.jobTypeId! } : { recipe_type_id: type!.recipe };
    const { errors } = await judgeBatch(tx, { ...of, definition: batch.definition, configuration });
    const mismatched = errors.filter(({ name }) => name === 'MISMATCHED_PARAMS');
    if (mismatched.length > 0) throw new Refusal(mismatched, 'invalid-batch');
  }
  await tx.query(
    `update batch set title = case when $2 then $3 else title end, description = case when $4 then $5 else description end,
       configuration = coalesce($6, configuration), last_modified = now() where id = $1`,
    [
      id,
      title !== undefined,
      title ?? null,
      description !== undefined,
      description ?? null,
      configuration ? JSON.stringify(configuration) : null,
    ],
  );
  return true;
}
