import type { Queries } from '../../database/index.ts';
import { recordEvents } from '../../jobs/index.ts';
import { removeSecrets } from '../../secrets/index.ts';
import { type Deletion, queueRemovals } from '../mark-deleted.ts';
import type { Found } from './detach.ts';
import { membersDone, openMembers } from './members.ts';
import { goesWithRow } from './report.ts';

const filesAtOnce = 500;
const jobsAtOnce = 200;

/** Removes the rows of some files, and puts their content down for removal. */
export async function removeFiles(tx: Queries, purgeId: number, why: Deletion): Promise<Found> {
  const ids = await openMembers(tx, purgeId, 'file', filesAtOnce);
  if (ids.length === 0) return 'none';
  const files = await tx.query<{ id: number; path: string; bytes: number }>(
    `select id, file_path as path, file_size as bytes from scale_file where id = any($1::bigint[]) order by id for update`,
    [ids],
  );
  const [user] = await tx.query(
    `select from job_input_file where input_file_id = any($1::bigint[])
     union all select from recipe_input_file where input_file_id = any($1::bigint[]) limit 1`,
    [ids],
  );
  if (user) return 'reopened';
  const content = await tx.query<{ id: number }>(
    `select f.id from scale_file f join workspace w on w.id = f.workspace_id cross join purge p
     where p.id = $1 and f.id = any($2::bigint[]) and ${goesWithRow}`,
    [purgeId, ids],
  );
  await queueRemovals(
    tx,
    content.map(({ id }) => id),
    why,
  );
  // The row of an ingest stays: without it, what still stands where it was found would be taken once more.
  await tx.query(
    `update ingest set source_file_id = null, reason = 'its source was purged', last_modified = now()
     where source_file_id = any($1::bigint[])`,
    [ids],
  );
  await tx.query('delete from file_ancestry_link where ancestor_id = any($1::bigint[])', [ids]);
  await tx.query('delete from file_ancestry_link where descendant_id = any($1::bigint[])', [ids]);
  await tx.query('delete from scale_file where id = any($1::bigint[])', [ids]);
  await recordEvents(
    tx,
    files.map(({ id, path, bytes }) => ({
      entity: 'scale_file',
      id,
      kind: 'purged',
      actor: why.actor,
      data: { reason: why.reason, path, bytes },
    })),
  );
  await membersDone(tx, purgeId, 'file', ids);
  return 'some';
}

/** Removes some jobs with their executions. @returns the executions; undefined when no job is left */
export async function removeJobs(tx: Queries, purgeId: number, actor: string): Promise<number[] | undefined> {
  const ids = await openMembers(tx, purgeId, 'job', jobsAtOnce);
  if (ids.length === 0) return undefined;
  for (const id of ids) await removeSecrets(tx, { kind: 'job', id });
  const executions = await tx.query<{ id: number }>(
    'delete from job_exe where job_id = any($1::bigint[]) returning id',
    [ids],
  );
  const gone = await tx.query<{ id: number }>('delete from job where id = any($1::bigint[]) returning id', [
    ids,
  ]);
  await recordEvents(
    tx,
    gone.map(({ id }) => ({ entity: 'job', id, kind: 'purged', actor, data: { purge: purgeId } })),
  );
  await membersDone(tx, purgeId, 'job', ids);
  return executions.map(({ id }) => id);
}

/**
 * Removes a recipe with its parts, the lowest number first. Jobs of it that took nothing of the source, and their
 * products, stay without it. @returns false when none is left
 */
export async function removeRecipe(tx: Queries, purgeId: number, actor: string): Promise<boolean> {
  const [root] = await tx.query<{ id: number }>(
    `select r.root_recipe_id as id from purge_member m join recipe r on r.id = m.member_id
     where m.purge_id = $1 and m.kind = 'recipe' order by 1 limit 1`,
    [purgeId],
  );
  if (!root) return false;
  await tx.query('select from recipe where id = $1 for update', [root.id]);
  const parts = await tx.query<{ id: number }>(
    'select id from recipe where root_recipe_id = $1 order by id',
    [root.id],
  );
  const ids = [parts.map(({ id }) => id)];
  await tx.query(
    `update file_ancestry_link set recipe_id = null
     where descendant_id in (select id from scale_file where recipe_id = any($1::bigint[]))`,
    ids,
  );
  await tx.query(
    `update scale_file set recipe_id = null, recipe_node = null, recipe_type_id = null, last_modified = now()
     where recipe_id = any($1::bigint[])`,
    ids,
  );
  await tx.query(
    `update job set recipe_id = null, root_recipe_id = null, recipe_node = null, last_modified = now()
     where root_recipe_id = $1`,
    [root.id],
  );
  await tx.query('update ingest set recipe_id = null where recipe_id = any($1::bigint[])', ids);
  for (const column of ['superseded_recipe_id', 'root_superseded_recipe_id'])
    await tx.query(
      `update recipe set ${column} = null where ${column} = any($1::bigint[]) and root_recipe_id <> all($1::bigint[])`,
      ids,
    );
  await tx.query('delete from recipe_input_file where recipe_id = any($1::bigint[])', ids);
  await tx.query('delete from recipe_node where recipe_id = any($1::bigint[])', ids);
  await tx.query('delete from recipe where id = any($1::bigint[])', ids);
  await recordEvents(
    tx,
    parts.map(({ id }) => ({ entity: 'recipe', id, kind: 'purged', actor, data: { purge: purgeId } })),
  );
  return true;
}
