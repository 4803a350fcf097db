import type { RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { namedTypes } from './named-types.ts';

/** Writes down what the newest revision of a recipe type names. */
export async function keepMembers(
  tx: Queries,
  recipeTypeId: number,
  definition: RecipeDefinition,
): Promise<void> {
  const { jobTypes, recipeTypes } = namedTypes(definition);
  await tx.query('delete from recipe_type_member where recipe_type_id = $1::bigint', [recipeTypeId]);
  await tx.query(
    `insert into recipe_type_member (recipe_type_id, job_type_id)
     select distinct $1::bigint, t.id from unnest($2::text[], $3::text[]) as w (name, version)
     join job_type t on t.project_id = 1 and t.name = w.name and t.version = w.version`,
    [recipeTypeId, jobTypes.map(({ name }) => name), jobTypes.map(({ version }) => version)],
  );
  await tx.query(
    `insert into recipe_type_member (recipe_type_id, sub_recipe_type_id)
     select distinct $1::bigint, t.id from unnest($2::text[]) as w (name)
     join recipe_type t on t.project_id = 1 and t.name = w.name`,
    [recipeTypeId, recipeTypes.map(({ name }) => name)],
  );
}
