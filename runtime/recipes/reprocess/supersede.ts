import type { Queries } from '../../database/index.ts';
import { supersedeJobs } from '../../jobs/index.ts';
import type { ReprocessPlan } from './plan.ts';
import { unpublishNodes, workOf } from '../succession/unpublish.ts';

/** What a plan takes out of use. */
interface Replaced {
  /** `recipe.id`s of the recipe and of sub-recipes that are re-processed node by node. */
  readonly recipes: number[];
  /** `recipe_node.id`s of nodes that are replaced, or fall away, with all that is inside of them. */
  readonly nodes: number[];
  /** Those of `nodes` that fall away. */
  readonly deleted: number[];
}

/**
 * Takes out of use what the plan replaces: jobs and recipes are superseded, what has not ended of them is canceled, and the
 * products of nodes that fall away are unpublished. Products of the others stay until their successors are done. Nothing
 * goes on in what is superseded, not even with a job that completes before it is stopped.
 */
export async function supersede(tx: Queries, plan: ReprocessPlan, actor: string): Promise<void> {
  const { recipes, nodes, deleted } = replacedBy(plan);
  const work = await workOf(tx, nodes);
  await supersedeJobs(tx, work.jobs, actor);
  const ids = [...recipes, ...work.recipes];
  await tx.query(
    `update recipe set is_superseded = true, superseded = now(), last_modified = now()
     where id = any($1) and not is_superseded`,
    [ids],
  );
  await freeze(tx, ids);
  await unpublishNodes(tx, deleted);
}

/** What has not ended never goes on: there is no WAITING node that could begin, and no STARTED one with runs to start. */
async function freeze(tx: Queries, recipeIds: readonly number[]): Promise<void> {
  await tx.query(
    `update recipe_node set expanding = false, ended = now(), reason = 'its recipe was superseded',
       state = case when items_total is null and coalesce(job_id, sub_recipe_id) is not null then 'STUCK' else 'SKIPPED' end
     where recipe_id = any($1) and state in ('WAITING', 'STARTED')`,
    [recipeIds],
  );
  await tx.query(
    `update recipe r set nodes_left = c.stuck, nodes_stuck = c.stuck
     from (select recipe_id, count(*) filter (where state = 'STUCK') as stuck from recipe_node
       where recipe_id = any($1) and item = -1 group by 1) c
     where r.id = c.recipe_id`,
    [recipeIds],
  );
}

function replacedBy(plan: ReprocessPlan): Replaced {
  const parts = plan.nodes.flatMap(({ subRecipe }) => (subRecipe ? [replacedBy(subRecipe)] : []));
  const own = plan.nodes.filter(
    ({ action, subRecipe, old }) => action !== 'CARRIED_OVER' && !subRecipe && old,
  );
  return {
    recipes: [plan.recipe.id, ...parts.flatMap(({ recipes }) => recipes)],
    nodes: [...own.map(({ old }) => old!.id), ...parts.flatMap(({ nodes }) => nodes)],
    deleted: [
      ...own.filter(({ action }) => action === 'DELETED').map(({ old }) => old!.id),
      ...parts.flatMap(({ deleted }) => deleted),
    ],
  };
}
