import { unpublishProducts } from '../../catalog/index.ts';
import { type Database, hasCode, isPassing, type Queries } from '../../database/index.ts';
import type { RecipeContext } from '../context.ts';
import { Progress } from './progress.ts';
import { lockRecipes, nodesOfJobs } from './rows.ts';
import { fanById, nextExpanding } from './run-rows.ts';

/**
 * Carries recipes on after jobs of theirs have ended, were canceled or go on: takes over how the jobs stand now, so that
 * it may be called as often as one likes. To be called in the transaction that changed the jobs, after `lockRecipes`.
 */
export async function advance(tx: Queries, context: RecipeContext, jobIds: readonly number[]): Promise<void> {
  if (jobIds.length === 0) return;
  const nodes = await nodesOfJobs(tx, jobIds);
  if (nodes.length === 0) return;
  // A job of a recipe that was superseded may complete before it is stopped.
  const late = nodes.filter(({ isSuperseded, status }) => isSuperseded && status === 'COMPLETED');
  await unpublishProducts(
    tx,
    late.map(({ jobId }) => jobId!),
  );
  const progress = new Progress(tx, context);
  await progress.take(nodes);
  await progress.run();
}

/**
 * As `advance`, for where something else is written in the same transaction: a recipe that cannot be carried on, such as one
 * whose definition names what is gone, holds up neither that nor other recipes. `catchUp` tries it again.
 * @throws what passes or is worth another transaction
 */
export async function advanceOrLeave(
  tx: Queries,
  context: RecipeContext,
  jobIds: readonly number[],
): Promise<void> {
  if (jobIds.length === 0) return;
  await tx.query('savepoint recipes');
  try {
    await advance(tx, context, jobIds);
    await tx.query('release savepoint recipes');
  } catch (thrown) {
    if (isPassing(thrown) || hasCode(thrown, '40P01', '40001')) throw thrown;
    await tx.query('rollback to savepoint recipes');
    if (jobIds.length > 1) for (const id of jobIds) await advanceOrLeave(tx, context, [id]);
    else context.logger?.error({ err: thrown, job: jobIds[0] }, 'a recipe could not be carried on');
  }
}

/** The recipes at the top of what jobs are parts of. */
export async function rootsOfJobs(db: Queries, jobIds: readonly number[]): Promise<number[]> {
  const rows = await db.query<{ id: number }>(
    'select distinct root_recipe_id as id from job where id = any($1) and root_recipe_id is not null',
    [jobIds],
  );
  return rows.map(({ id }) => id);
}

/** Starts more runs of a node whose input has more elements than one transaction starts. @returns whether there was any */
export async function expandNext(db: Database, context: RecipeContext): Promise<boolean> {
  const next = await nextExpanding(db);
  if (!next) return false;
  await db.transaction(async (tx) => {
    await lockRecipes(tx, [next.rootId]);
    const fan = await fanById(tx, next.id); // another runtime may have been faster
    if (!fan) return;
    const progress = new Progress(tx, context);
    progress.expand(fan);
    await progress.run();
  });
  return true;
}

/** Jobs that are looked at in one transaction. */
const mostMissed = 500;

/**
 * Carries recipes on where a job has ended and its recipe was not told, as when nobody was there who knows recipes.
 * @returns how many jobs
 */
export async function catchUp(db: Database, context: RecipeContext): Promise<number> {
  const missed = await db.query<{ id: number; rootId: number }>(
    // Entered by the recipes that are under way, whatever the planner knows of them.
    `select j.id, j.root_recipe_id as "rootId"
     from (select id from recipe where not is_completed offset 0) r
     cross join lateral (
       select job_id from recipe_node
       where recipe_id = r.id and job_id is not null and state in ('WAITING', 'STARTED') and is_original offset 0
     ) n
     cross join lateral (select id, root_recipe_id, status from job where id = n.job_id offset 0) j
     where j.status in ('COMPLETED', 'FAILED', 'CANCELED')
     limit ${mostMissed}`,
  );
  for (const root of new Set(missed.map(({ rootId }) => rootId)))
    await db.transaction(async (tx) => {
      await lockRecipes(tx, [root]);
      await advanceOrLeave(
        tx,
        context,
        missed.flatMap(({ id, rootId }) => (rootId === root ? [id] : [])),
      );
    });
  return missed.length;
}
