import type { Reprocessing, ReprocessPlan } from '../../recipes/index.ts';

/** What re-processing a recipe does, as it is answered. */
export function reprocessPlanDocument({ subject, revisionNum, plan }: Reprocessing): object {
  return {
    recipe: { id: subject.id },
    recipe_type: { id: subject.recipeTypeId, name: subject.recipeType },
    previous_revision_num: subject.revisionNum,
    revision_num: revisionNum,
    nodes: nodesOf(plan),
  };
}

function nodesOf({ nodes }: ReprocessPlan): object[] {
  return nodes.map(({ name, kind, action, status, changes, reason, subRecipe }) => ({
    name,
    node_type: kind,
    ...{ action, status, changes, reason },
    ...(subRecipe && { nodes: nodesOf(subRecipe) }),
  }));
}
