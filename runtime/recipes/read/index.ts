export { recipeCounts } from './counters.ts';
export { type RecipeListFilter, listRecipes, recipeOrders } from './list-recipes.ts';
export { type RecipeDetails, recipeDetails, recipeExists } from './recipe-details.ts';
export { mostLevels, recipeGraph } from './recipe-graph.ts';
export type { RecipeBase, RecipeRow, RecipeTypeBase } from './recipe-rows.ts';
