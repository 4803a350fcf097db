import { unpublishProducts } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';

/**
 * Unpublishes what nodes replace: the products of the nodes of the same name in the recipes that theirs supersedes.
 * @param nodes that are COMPLETED or SKIPPED now, of recipes that supersede others
 */
export async function unpublishReplaced(
  tx: Queries,
  nodes: readonly { readonly recipeId: number; readonly name: string }[],
): Promise<void> {
  if (nodes.length === 0) return;
  // A sub-recipe that supersedes another one unpublishes node by node itself.
  const rows = await tx.query<{ job: number }>(
    `with recursive replaced as (
       select o.job_id, o.sub_recipe_id
       from jsonb_to_recordset($1::jsonb) as w ("recipeId" bigint, name text)
       join recipe_node n on n.recipe_id = w."recipeId" and n.name = w.name and n.item = -1
       join recipe r on r.id = n.recipe_id and not r.is_superseded
       join recipe q on (q.id = r.root_superseded_recipe_id or q.root_superseded_recipe_id = r.root_superseded_recipe_id)
         and q.id < r.id
       join recipe_node o on o.recipe_id = q.id and o.name = n.name
       left join recipe s on s.id = n.sub_recipe_id
       left join recipe z on z.id = o.sub_recipe_id
       where n.is_original
         and (z.id is null or s.id is null or s.root_superseded_recipe_id is distinct from coalesce(z.root_superseded_recipe_id, z.id))
       union
       select c.job_id, c.sub_recipe_id from replaced b join recipe_node c on c.recipe_id = b.sub_recipe_id
     )
     select job_id as job from replaced where job_id is not null`,
    [JSON.stringify(nodes)],
  );
  await unpublishProducts(
    tx,
    rows.map(({ job }) => job),
  );
}

/** Unpublishes the products of nodes and of those of the same name that they replaced, with all that is inside of them. */
export async function unpublishNodes(tx: Queries, nodeIds: readonly number[]): Promise<void> {
  if (nodeIds.length === 0) return;
  const rows = await tx.query<{ id: number }>(
    `select o.id from recipe_node n join recipe r on r.id = n.recipe_id
     join recipe q on (q.id = coalesce(r.root_superseded_recipe_id, r.id) or q.root_superseded_recipe_id = r.root_superseded_recipe_id)
       and q.id <= r.id
     join recipe_node o on o.recipe_id = q.id and o.name = n.name and o.item = -1
     where n.id = any($1)`,
    [nodeIds],
  );
  const { jobs } = await workOf(
    tx,
    rows.map(({ id }) => id),
  );
  await unpublishProducts(tx, jobs);
}

/** All jobs and recipes of nodes, at any depth, with those of the runs of nodes. */
export async function workOf(
  tx: Queries,
  nodeIds: readonly number[],
): Promise<{ readonly jobs: number[]; readonly recipes: number[] }> {
  if (nodeIds.length === 0) return { jobs: [], recipes: [] };
  const rows = await tx.query<{ job: number | null; recipe: number | null }>(
    `with recursive work as (
       select o.job_id, o.sub_recipe_id from recipe_node n
       join recipe_node o on o.recipe_id = n.recipe_id and o.name = n.name where n.id = any($1)
       union
       select c.job_id, c.sub_recipe_id from work b join recipe_node c on c.recipe_id = b.sub_recipe_id
     )
     select job_id as job, sub_recipe_id as recipe from work`,
    [nodeIds],
  );
  return {
    jobs: rows.flatMap(({ job }) => (job === null ? [] : [job])),
    recipes: rows.flatMap(({ recipe }) => (recipe === null ? [] : [recipe])),
  };
}
