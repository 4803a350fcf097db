import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import type { Plans } from '../plan/plans.ts';
import type { NodeState } from '../state.ts';
import type { OldNode, OldRecipe } from './plan.ts';

/** A recipe that somebody wants to re-process. */
export interface Subject {
  readonly id: number;
  readonly rootId: number;
  readonly recipeTypeId: number;
  readonly recipeType: string;
  readonly isActive: boolean;
  /** The newest revision of its type. */
  readonly newest: number;
  /** Its own. */
  readonly revisionNum: number;
  readonly isSuperseded: boolean;
  /** The one that superseded it. */
  readonly supersededBy: number | null;
}

/** @returns those that there are, by `recipe.id` */
export async function subjectsOf(db: Queries, recipeIds: readonly number[]): Promise<Map<number, Subject>> {
  const rows = await db.query<Subject>(
    `select r.id, r.root_recipe_id as "rootId", t.id as "recipeTypeId", t.name as "recipeType", t.is_active as "isActive",
       t.revision_num as newest, v.revision_num as "revisionNum", r.is_superseded as "isSuperseded",
       (select max(id) from recipe where superseded_recipe_id = r.id) as "supersededBy"
     from recipe r join recipe_type t on t.id = r.recipe_type_id
     join recipe_type_revision v on v.id = r.recipe_type_revision_id where r.id = any($1)`,
    [recipeIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** @returns `recipe_type_revision.id`; undefined when there is no such revision */
export async function revisionId(
  db: Queries,
  recipeTypeId: number,
  revisionNum: number,
): Promise<number | undefined> {
  const [row] = await db.query<{ id: number }>(
    'select id from recipe_type_revision where recipe_type_id = $1 and revision_num = $2::bigint',
    [recipeTypeId, revisionNum],
  );
  return row?.id;
}

/** Recipes with their sub-recipes at any depth, those of nodes with `forEach` left out. @returns all of them, by `recipe.id` */
export async function oldRecipes(
  db: Queries,
  plans: Plans,
  recipeIds: readonly number[],
): Promise<ReadonlyMap<number, OldRecipe>> {
  const rows = await db.query<RecipeOfOld>(
    `with recursive tree as (
       select unnest($1::bigint[]) as id
       union
       select n.sub_recipe_id from tree join recipe_node n on n.recipe_id = tree.id
       where n.item = -1 and n.sub_recipe_id is not null
     )
     select r.id, r.recipe_type_revision_id as revision, r.input, r.configuration from tree join recipe r using (id)`,
    [recipeIds],
  );
  const nodes = await db.query<NodeOfOld>(
    `select id, recipe_id as recipe, name, state, accepted, sub_recipe_id as sub from recipe_node
     where recipe_id = any($1) and item = -1`,
    [rows.map(({ id }) => id)],
  );
  const recipes = new Map<number, OldRecipe & { readonly nodes: Map<string, OldNode> }>();
  for (const { revision, ...row } of rows)
    recipes.set(row.id, {
      ...row,
      definition: (await plans.of(db, revision)).definition,
      nodes: new Map(),
    });
  for (const { recipe, name, sub, ...node } of nodes)
    recipes.get(recipe)!.nodes.set(name, { ...node, subRecipe: sub === null ? undefined : recipes.get(sub) });
  return recipes;
}

/** What nodes gave that have completed, by `recipe_node.id`. */
export async function oldOutputs(
  db: Queries,
  nodeIds: readonly number[],
): Promise<ReadonlyMap<number, Partial<RecipeData>>> {
  const rows = await db.query<{ id: number; output: Partial<RecipeData> }>(
    `select n.id, coalesce(n.output, j.output, r.output) as output from recipe_node n
     left join job j on j.id = n.job_id left join recipe r on r.id = n.sub_recipe_id
     where n.id = any($1) and coalesce(n.output, j.output, r.output) is not null`,
    [nodeIds],
  );
  return new Map(rows.map(({ id, output }) => [id, output]));
}

interface RecipeOfOld extends Pick<OldRecipe, 'id' | 'input' | 'configuration'> {
  readonly revision: number;
}

interface NodeOfOld {
  readonly id: number;
  readonly recipe: number;
  readonly name: string;
  readonly state: NodeState;
  readonly accepted: boolean | null;
  readonly sub: number | null;
}
