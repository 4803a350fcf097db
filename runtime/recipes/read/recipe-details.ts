import type { RecipeData, RecipeDefinition, RecipeGraphDocument } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import {
  jobTypeBase,
  type JobTypeBase,
  type RecipeBase,
  recipeBase,
  recipeTypeBase,
  type RecipeTypeBase,
} from '../../jobs/index.ts';
import { recipeGraph } from './recipe-graph.ts';
import { recipeColumns, recipeJoins, type RecipeRow } from './recipe-rows.ts';

/** A recipe with all that is known of it. */
export interface RecipeDetails extends RecipeRow {
  readonly revision_created: string;
  readonly definition: RecipeDefinition;
  readonly input: RecipeData;
  readonly output: RecipeData | null;
  readonly superseded_recipe: RecipeBase | null;
  readonly superseded_by_recipe: RecipeBase | null;
  /** What its definition names. */
  readonly job_types: readonly JobTypeBase[];
  readonly sub_recipe_types: readonly RecipeTypeBase[];
  readonly graph: RecipeGraphDocument;
  /** `recipe_node.id` of its conditions, by their names. */
  readonly conditions: Readonly<Record<string, number>>;
}

/** @returns undefined when there is no such recipe */
export async function recipeDetails(db: Queries, id: number): Promise<RecipeDetails | undefined> {
  const [row] = await db.query<Omit<RecipeDetails, 'graph'>>(
    `select ${recipeColumns}, v.created as revision_created, v.definition, r.input, r.output,
       ${recipeBase('p.id = r.superseded_recipe_id')} as superseded_recipe,
       ${recipeBase('p.superseded_recipe_id = r.id')} as superseded_by_recipe,
       (select coalesce(json_agg(${jobTypeBase} order by t.id), '[]') from job_type t where (t.name, t.version) in (
         select node.value->'node_type'->>'job_type_name', node.value->'node_type'->>'job_type_version'
         from jsonb_each(v.definition->'nodes') node)) as job_types,
       (select coalesce(json_agg(${recipeTypeBase('b')} order by b.id), '[]') from recipe_type b where b.name in (
         select node.value->'node_type'->>'recipe_type_name' from jsonb_each(v.definition->'nodes') node)) as sub_recipe_types,
       (select coalesce(json_object_agg(n.name, n.id), '{}') from recipe_node n
         where n.recipe_id = r.id and n.item = -1 and n.kind = 'condition') as conditions
     from recipe r ${recipeJoins} where r.id = $1::bigint`,
    [id],
  );
  const graph = row && (await recipeGraph(db, id));
  // Its nodes and its counters are of the same moment.
  return graph && { ...row, counters: graph.counters, graph };
}

export async function recipeExists(db: Queries, id: number): Promise<boolean> {
  return (await db.query('select 1 from recipe where id = $1::bigint', [id])).length > 0;
}

/** @param key id or name of a recipe type. @returns its id; undefined when there is none */
export async function recipeTypeId(db: Queries, key: number | string): Promise<number | undefined> {
  const column = typeof key === 'number' ? 'id = $1::bigint' : 'name = $1::text';
  const [row] = await db.query<{ id: number }>(`select id from recipe_type where ${column}`, [key]);
  return row?.id;
}
