import type { Queries } from '../../database/index.ts';
import { membersDone, openMembers } from './members.ts';

/** Members in one transaction. */
const membersAtOnce = 500;

/** `some`: go on; `none`: all is done; `reopened`: a job has begun again; `held`: a file may not go. */
export type Found = 'some' | 'none' | 'reopened' | 'held';

/**
 * Takes the files out of the catalogue and out of the inputs of jobs and recipes, and sees to it that those are not begun
 * again: they count as superseded.
 */
export async function detachMembers(tx: Queries, purgeId: number): Promise<Found> {
  const recipes = await openMembers(tx, purgeId, 'recipe', membersAtOnce);
  if (recipes.length > 0) {
    await tx.query('select from recipe where id = any($1::bigint[]) order by id for update', [recipes]);
    await tx.query(
      `update recipe set is_superseded = true, superseded = coalesce(superseded, now()), last_modified = now()
       where id = any($1::bigint[]) and not is_superseded`,
      [recipes],
    );
    await tx.query('delete from recipe_input_file where recipe_id = any($1::bigint[])', [recipes]);
    await membersDone(tx, purgeId, 'recipe', recipes);
    return 'some';
  }
  const jobs = await openMembers(tx, purgeId, 'job', membersAtOnce);
  if (jobs.length > 0) return detachJobs(tx, purgeId, jobs);
  const files = await openMembers(tx, purgeId, 'file', membersAtOnce);
  if (files.length === 0) return 'none';
  await tx.query('select from scale_file where id = any($1::bigint[]) order by id for update', [files]);
  const [held] = await tx.query('select from file_hold where file_id = any($1::bigint[]) limit 1', [files]);
  if (held) return 'held';
  await tx.query(
    `update scale_file set is_deleted = true, deleted = coalesce(deleted, now()), is_published = false,
       unpublished = case when is_published then now() else unpublished end, last_modified = now()
     where id = any($1::bigint[]) and not is_deleted`,
    [files],
  );
  await membersDone(tx, purgeId, 'file', files);
  return 'some';
}

async function detachJobs(tx: Queries, purgeId: number, jobs: readonly number[]): Promise<Found> {
  // Whoever changes jobs of recipes locks those at the top first.
  await tx.query(
    `select from recipe where id in (select root_recipe_id from job where id = any($1::bigint[])) order by id for update`,
    [jobs],
  );
  const rows = await tx.query<{ status: string }>(
    'select status from job where id = any($1::bigint[]) order by id for update',
    [jobs],
  );
  if (rows.some(({ status }) => status === 'QUEUED' || status === 'RUNNING')) return 'reopened';
  await tx.query(
    `update job set is_superseded = true, superseded = coalesce(superseded, now()), last_modified = now(),
       status = case when status in ('PENDING', 'BLOCKED') then 'CANCELED' else status end
     where id = any($1::bigint[])`,
    [jobs],
  );
  await tx.query('delete from job_input_file where job_id = any($1::bigint[])', [jobs]);
  await membersDone(tx, purgeId, 'job', jobs);
  return 'some';
}
