import type { Queries } from '../../database/index.ts';

/**
 * Sub-recipes that begin in recipes that supersede others: each supersedes the last one of the same type that the node of
 * its name had there, so that products are unpublished node by node.
 * @param recipeIds of sub-recipes of nodes without `forEach`
 * @returns `recipe.id`s of those that are superseded, by those that supersede them
 */
export async function succeedParts(
  tx: Queries,
  recipeIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (recipeIds.length === 0) return new Map();
  const rows = await tx.query<{ id: number; old: number }>(
    `update recipe r set superseded_recipe_id = o.id, root_superseded_recipe_id = coalesce(o.root_superseded_recipe_id, o.id)
     from unnest($1::bigint[]) w (id)
     join recipe s on s.id = w.id
     join recipe_node n on n.id = s.recipe_node_id and n.item = -1
     join recipe p on p.id = n.recipe_id
     cross join lateral (
       select z.id, z.root_superseded_recipe_id, z.recipe_type_id from recipe q
       join recipe_node m on m.recipe_id = q.id and m.name = n.name and m.item = -1
       join recipe z on z.id = m.sub_recipe_id
       where (q.id = p.root_superseded_recipe_id or q.root_superseded_recipe_id = p.root_superseded_recipe_id) and q.id < p.id
       order by q.id desc limit 1
     ) o
     where r.id = w.id and o.recipe_type_id = r.recipe_type_id
     returning r.id, r.superseded_recipe_id as old`,
    [recipeIds],
  );
  return new Map(rows.map(({ id, old }) => [id, old]));
}
