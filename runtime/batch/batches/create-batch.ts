import type { BatchPost, Finding } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import { supersedes } from '../creation/batch-row.ts';
import { judgePost } from './judge-post.ts';

export interface CreatedBatch {
  /** `batch.id` */
  readonly id: number;
  readonly warnings: readonly Finding[];
}

/**
 * Makes a batch, whose recipes or jobs are made after the transaction; the caller then tells `batches`. One of tasks is STAGING.
 * @throws Refusal (invalid-batch) with everything that was found; batch-name-taken
 */
export async function createBatch(tx: Queries, post: BatchPost, actor: string): Promise<CreatedBatch> {
  const { errors, warnings, batch } = await judgePost(tx, post, true);
  if (!batch) throw new Refusal(errors, 'invalid-batch');
  const { target, dataset, previous, runs } = batch;
  if (typeof post.name === 'string') await expectFree(tx, post.name);
  const isStaging = post.definition.tasks === true;
  const isRecipe = target.kind === 'recipe';
  const [row] = await tx.query<{ id: number }>(
    `with drawn as materialized (select nextval(pg_get_serial_sequence('batch', 'id')) as id)
     insert into batch (id, name, title, description, recipe_type_id, recipe_type_revision_id, job_type_id,
       job_type_revision_id, definition, configuration, state, dataset_id, last_position, root_batch_id, superseded_batch_id,
       runs_estimated, created_by)
     overriding system value
     select id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13::bigint, id), $14, $15, $16 from drawn
     returning id`,
    [
      post.name ?? null,
      post.title ?? null,
      post.description ?? null,
      isRecipe ? target.typeId : null,
      isRecipe ? target.revisionId : null,
      isRecipe ? null : target.typeId,
      isRecipe ? null : target.revisionId,
      JSON.stringify(post.definition),
      JSON.stringify(post.configuration ?? {}),
      isStaging ? 'STAGING' : 'CREATING',
      dataset?.id ?? null,
      dataset?.lastPosition ?? null,
      previous?.rootId ?? null,
      previous?.id ?? null,
      runs,
      actor,
    ],
  );
  if (previous && supersedes(post.definition))
    await tx.query(
      'update batch set is_superseded = true, superseded = now(), last_modified = now() where id = $1 and not is_superseded',
      [previous.id],
    );
  return { id: row!.id, warnings };
}

/** The lock lets the second of two that come at once find the first one. */
async function expectFree(tx: Queries, name: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 28))', [`batch ${name}`]);
  const [taken] = await tx.query<{ id: number }>('select id from batch where project_id = 1 and name = $1', [
    name,
  ]);
  if (taken) throw new SeedbedError('batch-name-taken', { name, id: taken.id });
}
