import { jobTypesById } from '../../jobs/index.ts';
import type { RecipeTypeDetails } from '../../recipes/index.ts';
import type { Context } from '../context.ts';
import { definedRecipeTypeDocument } from '../shapes/recipe-type.ts';
import { typeDocument } from './type-document.ts';

/** A recipe type with all that belongs to it; secrets of its job types are masked. */
export async function recipeTypeDocument(
  context: Context,
  type: RecipeTypeDetails,
): Promise<Record<string, unknown>> {
  const jobTypes = await jobTypesById(context.db, type.job_type_ids);
  return {
    ...definedRecipeTypeDocument(type),
    job_types: await Promise.all(jobTypes.map((jobType) => typeDocument(context, jobType))),
    sub_recipe_types: type.sub_recipe_types.map(definedRecipeTypeDocument),
    super_recipe_types: type.super_recipe_types.map(definedRecipeTypeDocument),
  };
}
