import type { Queries } from '../../database/index.ts';
import { configurationOfPart } from '../forced-nodes.ts';
import { createRecipes, type RecipeWork } from '../progress/create.ts';
import type { Progress } from '../progress/progress.ts';
import { nodesById, recipeRows } from '../progress/rows.ts';
import { nameWork } from '../progress/run-rows.ts';
import { carryOver, countCarried, succeed } from './carry-over.ts';
import { countersOf } from './counters.ts';
import type { PlannedNode, ReprocessPlan } from './plan.ts';

/**
 * Makes the recipe that a plan says, with the sub-recipes of which some results are kept; other sub-recipes begin as always,
 * once their input is there. What can begin is handed to `progress`.
 * @returns `recipe.id`
 */
export async function beginAgain(
  tx: Queries,
  progress: Progress,
  plan: ReprocessPlan,
  work: RecipeWork,
): Promise<number> {
  const carried = plan.nodes.filter(({ action }) => action === 'CARRIED_OVER').map(({ name }) => name);
  const left = new Set(carried);
  const eager = new Set([...work.plan.eager].filter((name) => !left.has(name)));
  const [made] = await createRecipes(tx, [{ ...work, plan: { ...work.plan, eager } }]);
  const { row } = made!;
  const succession = { recipeId: row.id, oldId: plan.recipe.id };
  await succeed(tx, succession, carried.length);
  await carryOver(tx, succession, carried);
  const counters = countersOf(plan, work.plan.graph);
  const ids = await countCarried(tx, row.id, counters);
  progress.beginRecipes([{ row: { ...row, supersedes: plan.recipe.id }, plan: work.plan, ready: new Map() }]);
  const kept = plan.nodes.filter(({ keepsResults }) => keepsResults);
  for (const node of kept) await beginPart(tx, progress, node, ids.get(node.name)!, row.id, work);
  const begun = new Set(kept.map(({ name }) => name));
  const ready = counters.filter((node) => node.left === 0 && !begun.has(node.name));
  await progress.resume(
    await nodesById(
      tx,
      ready.map(({ name }) => ids.get(name)!),
    ),
  );
  return row.id;
}

/** A sub-recipe whose input is the same as before. */
async function beginPart(
  tx: Queries,
  progress: Progress,
  { name, subRecipe }: PlannedNode,
  nodeId: number,
  recipeId: number,
  work: RecipeWork,
): Promise<void> {
  const [old] = await recipeRows(tx, [subRecipe!.recipe.id]);
  const id = await beginAgain(tx, progress, subRecipe!, {
    ...work,
    dedupeKey: undefined,
    configuration: configurationOfPart(work.configuration, name),
    plan: work.plan.recipes.get(name)!,
    input: { version: '7', files: {}, json: {}, ...old!.input },
    parent: { id: recipeId, rootId: work.parent?.rootId ?? recipeId, nodeId },
  });
  await nameWork(tx, [{ id: nodeId, jobId: null, subRecipeId: id }]);
}
