import type { BatchPost } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { type BatchJudgement, judgeBatch } from './judge-batch.ts';

/**
 * Judges what a batch would be made of, with the revision that it names in the place of the newest one. Only one of tasks may
 * name one: what is judged by a dataset or by the batch before is judged by the newest.
 * @param lock as for `judgeBatch`
 */
export async function judgePost(db: Queries, post: BatchPost, lock = false): Promise<BatchJudgement> {
  const judged = await judgeBatch(db, post, lock);
  const { revision_num: revision, definition } = post;
  const { target, errors } = judged;
  if (revision === undefined || !target) return judged;
  const refuse = (name: string, description: string): BatchJudgement => {
    return { ...judged, batch: undefined, errors: [...errors, { name, path: 'revision_num', description }] };
  };
  if (target.kind === 'job' || definition.tasks !== true)
    return refuse('INVALID_DEFINITION', 'Only a batch of tasks of a recipe type may name a revision');
  const [row] = await db.query<{ id: number }>(
    'select id from recipe_type_revision where recipe_type_id = $1::bigint and revision_num = $2::integer',
    [target.typeId, revision],
  );
  if (!row)
    return refuse(
      'RECIPE_TYPE_NOT_FOUND',
      `The recipe type ${target.recipeType?.name ?? target.typeId} has no revision ${revision}`,
    );
  const pinned = {
    ...target,
    revisionId: row.id,
    ...(target.recipeType && { recipeType: { ...target.recipeType, revision_num: revision } }),
  };
  return { ...judged, target: pinned, ...(judged.batch && { batch: { ...judged.batch, target: pinned } }) };
}
