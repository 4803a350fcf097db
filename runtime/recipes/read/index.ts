export { recipeCounts } from './counters.ts';
export { type RecipeListFilter, listRecipes, recipeOrders } from './list-recipes.ts';
export { type RecipeDetails, recipeDetails, recipeExists, recipeTypeId } from './recipe-details.ts';
export { mostLevels, recipeGraph } from './recipe-graph.ts';
export type { RecipeRow } from './recipe-rows.ts';
export { recipeTypeTimelines } from './timeline.ts';
export {
  openJobs,
  pathOfJob,
  pathsOfJobs,
  type PartStep,
  type RecipePart,
  recipeParts,
  stuckJobs,
  unconfiguredJobs,
} from './recipe-parts.ts';
