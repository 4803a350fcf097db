import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import { recipeTypeDetails, type RecipeTypeDetails, saveRecipeType } from '../../recipes/index.ts';
import { acceptRecipe } from './accept-recipe.ts';
import { diagnosticVersion } from './diagnostic-types.ts';
import { diagnosticJobType } from './queue-diagnostics.ts';
import { Refusal } from './refusal.ts';
import type { SubmissionContext } from './surroundings.ts';

const name = 'scale-casino';

/** Recipes that are begun at once, each in a transaction of its own. */
const atOnce = 4;

/**
 * Begins recipes that try out what a failure in the middle does: a job that fails by chance, then one that says hello. Their
 * types are made when the first ones are asked for; those that are there stay as they were changed.
 * @param dedupeKey the same key twice is the same recipes
 * @returns the recipe type, and the first of the recipes
 * @throws invalid-request when the recipe type is no longer active
 */
export async function queueCasino(
  db: Database,
  context: SubmissionContext,
  { count, dedupeKey = randomUUID() }: { readonly count: number; readonly dedupeKey?: string | undefined },
  actor: string,
): Promise<{ readonly type: RecipeTypeDetails; readonly recipeId: number }> {
  const type = await casinoType(db, context, actor);
  const input = { version: '7', files: {}, json: {} };
  const accept = async (index: number) => {
    const key = `diagnostic:casino:${count}:${dedupeKey}:${index}`;
    return (await acceptRecipe(db, context, { typeId: type.id, input, dedupeKey: key }, actor)).id;
  };
  const recipeId = await accept(0);
  for (let done = 1; done < count; done += atOnce) {
    const indices = Array.from({ length: Math.min(atOnce, count - done) }, (_, nth) => done + nth);
    await Promise.all(indices.map(accept));
  }
  return { type, recipeId };
}

async function casinoType(
  db: Database,
  context: SubmissionContext,
  actor: string,
): Promise<RecipeTypeDetails> {
  const known = await recipeTypeDetails(db, name);
  if (known) return known;
  const roulette = await diagnosticJobType(db, context, 'roulette', actor);
  const hello = await diagnosticJobType(db, context, 'hello', actor);
  const node = (job: { name: string; revision_num: number }, dependencies: readonly object[]) => ({
    dependencies,
    input: {},
    node_type: {
      node_type: 'job',
      job_type_name: job.name,
      job_type_version: diagnosticVersion,
      job_type_revision: job.revision_num,
    },
  });
  const request = {
    name,
    title: 'Scale Casino',
    description: 'Spins the wheel, and says hello where that ends well.',
    definition: {
      version: '7',
      nodes: {
        'scale-roulette': node(roulette, []),
        'scale-hello': node(hello, [{ name: 'scale-roulette' }]),
      },
    },
  };
  const { saved, errors } = await saveRecipeType(db, request, actor);
  if (!saved) throw new Refusal(errors, 'invalid-recipe-type');
  return (await recipeTypeDetails(db, saved.id))!;
}
