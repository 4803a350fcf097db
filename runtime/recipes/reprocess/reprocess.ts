import type { Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import type { RecipeContext } from '../context.ts';
import { Progress } from '../progress/progress.ts';
import { lockRecipes, recipeRows } from '../progress/rows.ts';
import { beginAgain } from './begin-again.ts';
import {
  type DecidedReprocessing,
  decideReprocessings,
  type Reprocessing,
  type ReprocessRequest,
} from './decide.ts';
import { supersede } from './supersede.ts';

/** What was done. */
export interface Reprocessed extends Reprocessing {
  /** `recipe.id` of the new one. */
  readonly id: number;
}

/**
 * What `reprocessRecipe` would do now.
 * @throws not-found, recipe-is-part, recipe-superseded, recipe-not-reprocessable, nothing-to-reprocess, invalid-request
 */
export async function planOfReprocess(
  db: Queries,
  context: RecipeContext,
  request: ReprocessRequest,
): Promise<Reprocessing> {
  return (await decide(db, context, request)).reprocessing;
}

/**
 * Makes a recipe that supersedes another one, all in the transaction that it is given: what has not changed is carried over,
 * what has runs again. Two that re-process the same recipe come one after the other, and the second is refused.
 * @throws as `planOfReprocess`
 */
export async function reprocessRecipe(
  tx: Queries,
  context: RecipeContext,
  request: ReprocessRequest,
): Promise<Reprocessed> {
  const { recipeId, actor, batchId, traceContext } = request;
  await lockRecipes(tx, [recipeId]);
  const { reprocessing, ...work } = await decide(tx, context, request);
  const { plan } = reprocessing;
  const [old] = await recipeRows(tx, [recipeId]);
  await supersede(tx, plan, actor);
  const progress = new Progress(tx, context);
  const id = await beginAgain(tx, progress, plan, {
    ...work,
    queue: old!.queue,
    actor,
    batchId: batchId ?? null,
    traceContext: traceContext ?? null,
  });
  await recordEvent(tx, { entity: 'recipe', id: recipeId, kind: 'superseded', actor, data: { by: id } });
  await progress.run();
  return { ...reprocessing, id };
}

async function decide(
  db: Queries,
  context: RecipeContext,
  request: ReprocessRequest,
): Promise<DecidedReprocessing> {
  const [decided] = await decideReprocessings(db, context, [request]);
  if (decided instanceof SeedbedError) throw decided;
  return decided!;
}
