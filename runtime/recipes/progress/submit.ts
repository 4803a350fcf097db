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
  /** The recipe of a batch before whose inputs it has. */
  readonly previousRecipeId?: number | undefined;
  /** The same key twice is the same recipe. */
  readonly dedupeKey?: string | undefined;
  /** W3C traceparent of the submission. */
  readonly traceContext?: string | undefined;
}

/** Makes a recipe and begins with it. @returns `recipe.id` */
export async function submitRecipe(tx: Queries, context: RecipeContext, recipe: NewRecipe): Promise<number> {
  const [id] = await submitRecipes(tx, context, [recipe]);
  return id!;
}

/** Makes recipes and begins with them, in a number of statements that does not depend on how many they are. @returns `recipe.id`s */
export async function submitRecipes(
  tx: Queries,
  context: RecipeContext,
  recipes: readonly NewRecipe[],
): Promise<number[]> {
  const keys = recipes.flatMap(({ dedupeKey }) => (dedupeKey === undefined ? [] : [dedupeKey]));
  const ids = await recipesOfKeys(tx, keys);
  const fresh = recipes.filter(({ dedupeKey }) => dedupeKey === undefined || !ids.has(dedupeKey));
  const works = [];
  for (const { revisionId, queue = defaultQueue, traceContext, batchId, ...rest } of fresh)
    works.push({
      plan: await context.plans.of(tx, revisionId),
      queue,
      ...rest,
      traceContext: traceContext ?? null,
      batchId: batchId ?? null,
    });
  const made = await createRecipes(tx, works);
  const progress = new Progress(tx, context);
  progress.beginRecipes(made);
  await progress.run();
  const idOf = new Map(fresh.map((recipe, at) => [recipe, made[at]!.row.id]));
  return recipes.map((recipe) => idOf.get(recipe) ?? ids.get(recipe.dedupeKey!)!);
}

/** The locks let the second of two that come at once find what the first one made; all take them in one order. */
async function recipesOfKeys(tx: Queries, keys: readonly string[]): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended(key, 17))
     from (select key from unnest($1::text[]) key order by hashtextextended(key, 17) offset 0) k`,
    [keys.map((key) => `recipe ${key}`)],
  );
  const rows = await tx.query<{ id: number; key: string }>(
    'select id, dedupe_key as key from recipe where dedupe_key = any($1)',
    [keys],
  );
  return new Map(rows.map(({ id, key }) => [key, id]));
}
