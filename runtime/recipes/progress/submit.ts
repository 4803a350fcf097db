import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { defaultQueue } from '../../jobs/index.ts';
import type { RecipeContext } from '../context.ts';
import { createRecipes } from './create.ts';
import { Progress } from './progress.ts';

/** A recipe that somebody wants to be run; judged already. */
export interface NewRecipe {
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  readonly input: RecipeData;
  /** Of all its jobs: Scale's shape. */
  readonly configuration: Record<string, unknown>;
  readonly actor: string;
  /** Who may take its jobs; default: every service. */
  readonly queue?: string | undefined;
  readonly batchId?: number | undefined;
  /** The same key twice is the same recipe. */
  readonly dedupeKey?: string | undefined;
  /** W3C traceparent of the submission. */
  readonly traceContext?: string | undefined;
}

/** Makes a recipe and begins with it. @returns `recipe.id` */
export async function submitRecipe(tx: Queries, context: RecipeContext, recipe: NewRecipe): Promise<number> {
  const { revisionId, dedupeKey, queue = defaultQueue, traceContext, batchId, ...rest } = recipe;
  if (dedupeKey !== undefined) {
    const known = await recipeOfKey(tx, dedupeKey);
    if (known !== undefined) return known;
  }
  const plan = await context.plans.of(tx, revisionId);
  const work = {
    plan,
    queue,
    dedupeKey,
    ...rest,
    traceContext: traceContext ?? null,
    batchId: batchId ?? null,
  };
  const made = await createRecipes(tx, [work]);
  const progress = new Progress(tx, context);
  progress.beginRecipes(made);
  await progress.run();
  return made[0]!.row.id;
}

/** The lock lets the second of two that come at once find what the first one made. */
async function recipeOfKey(tx: Queries, key: string): Promise<number | undefined> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 17))', [`recipe ${key}`]);
  const [row] = await tx.query<{ id: number }>('select id from recipe where dedupe_key = $1', [key]);
  return row?.id;
}
