import type { RecipeData } from '../../../../../seed-schema/index.ts';
import type { ReprocessPlan } from '../../../../recipes/index.ts';
import type { FlatPlan } from './flat-plan.ts';
import type { Foreseen, Standing } from './standing.ts';

/** Nodes whose results are carried over, those in sub-recipes of which some are kept included: `recipe_node.id`s. Pure. */
export function carriedNodes({ nodes }: ReprocessPlan): number[] {
  return nodes.flatMap(({ action, old, keepsResults, subRecipe }) => {
    if (action === 'CARRIED_OVER') return [old!.id];
    return keepsResults ? carriedNodes(subRecipe!) : [];
  });
}

/**
 * Has a recipe begin with what is carried over, as `beginAgain` does.
 * @param outputs of `carriedNodes` @param recipe its position
 */
export function carryOver(
  flat: FlatPlan,
  { nodes }: ReprocessPlan,
  foreseen: Foreseen,
  outputs: ReadonlyMap<number, Partial<RecipeData>>,
  recipe = 0,
): void {
  for (const { name, action, old, keepsResults, subRecipe } of nodes) {
    const node = flat.recipes[recipe]!.nodes.get(name);
    if (node === undefined) continue; // deleted
    const inside = flat.inside.get(node);
    if (action === 'CARRIED_OVER') {
      const standing: Standing =
        old!.state === 'SKIPPED'
          ? { state: 'SKIPPED', reason: 'It has not changed, and was skipped' }
          : { state: 'COMPLETED', output: outputs.get(old!.id) ?? {}, accepted: old!.accepted };
      foreseen.nodes[node] = standing;
      if (inside !== undefined) settle(flat, inside, standing, foreseen);
    } else if (keepsResults) {
      foreseen.inputs[inside!] = subRecipe!.recipe.input;
      carryOver(flat, subRecipe!, foreseen, outputs, inside);
    }
  }
}

/** Nothing in a sub-recipe that is carried over is decided on. */
function settle(flat: FlatPlan, recipe: number, standing: Standing, foreseen: Foreseen): void {
  for (const node of flat.recipes[recipe]!.nodes.values()) {
    foreseen.nodes[node] = standing;
    const inside = flat.inside.get(node);
    if (inside !== undefined) settle(flat, inside, standing, foreseen);
  }
}
