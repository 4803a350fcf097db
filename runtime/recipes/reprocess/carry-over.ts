import type { Queries } from '../../database/index.ts';
import type { NodeCounters } from './counters.ts';

/** A recipe, and the one that it supersedes. */
export interface Succession {
  readonly recipeId: number;
  readonly oldId: number;
}

/** Says that a recipe supersedes another one. @param carried nodes that have nothing to do any more */
export async function succeed(tx: Queries, { recipeId, oldId }: Succession, carried: number): Promise<void> {
  await tx.query(
    `update recipe r set superseded_recipe_id = o.id, root_superseded_recipe_id = coalesce(o.root_superseded_recipe_id, o.id),
       nodes_left = r.nodes_left - $3
     from recipe o where r.id = $1 and o.id = $2`,
    [recipeId, oldId, carried],
  );
}

/** Takes nodes over from the superseded recipe as they are there, with their runs. */
export async function carryOver(
  tx: Queries,
  { recipeId, oldId }: Succession,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  await tx.query(
    `update recipe_node n set is_original = false, parents_left = 0, (${taken.join(', ')}) = (${taken.map((column) => `o.${column}`).join(', ')})
     from recipe_node o
     where n.recipe_id = $1 and n.item = -1 and n.name = any($3) and o.recipe_id = $2 and o.item = -1 and o.name = n.name`,
    [recipeId, oldId, names],
  );
  await tx.query(
    `insert into recipe_node (recipe_id, is_original, name, item, kind, ${taken.join(', ')})
     select $1, false, name, item, kind, ${taken.join(', ')} from recipe_node
     where recipe_id = $2 and item >= 0 and name = any($3)`,
    [recipeId, oldId, names],
  );
}

const taken = [
  'state',
  'parents_used',
  'skips',
  'job_id',
  'sub_recipe_id',
  'output',
  'accepted',
  'items_total',
  'items_started',
  'items_completed',
  'items_stuck',
  'reason',
  'started',
  'ended',
];

/** Counts for the other nodes those before them that were taken over. @returns `recipe_node.id`s by name */
export async function countCarried(
  tx: Queries,
  recipeId: number,
  counters: readonly NodeCounters[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ id: number; name: string }>(
    `update recipe_node n set parents_left = c."left", parents_used = c.used, skips = c.skips
     from jsonb_to_recordset($2::jsonb) as c (name text, "left" integer, used integer, skips integer)
     where n.recipe_id = $1 and n.item = -1 and n.name = c.name returning n.id, n.name`,
    [recipeId, JSON.stringify(counters)],
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}
