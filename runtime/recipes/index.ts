export {
  listRecipes,
  mostLevels,
  recipeCounts,
  type RecipeDetails,
  recipeDetails,
  recipeExists,
  recipeGraph,
  type RecipeListFilter,
  recipeOrders,
  type RecipeRow,
} from './read/index.ts';
