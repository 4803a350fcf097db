export {
  listRecipes,
  mostLevels,
  type RecipeBase,
  recipeCounts,
  type RecipeDetails,
  recipeDetails,
  recipeExists,
  recipeGraph,
  type RecipeListFilter,
  recipeOrders,
  type RecipeRow,
  type RecipeTypeBase,
} from './read/index.ts';
export type { NodeState } from './state.ts';
export * from './types/index.ts';
