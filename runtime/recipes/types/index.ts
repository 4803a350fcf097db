export { raiseUsers, type Revised } from './auto-update.ts';
export { changeRecipeType, type RecipeTypeChange } from './change-recipe-type.ts';
export { judgeRecipeType, type NewRevision, type RecipeTypeJudgement } from './judge-recipe-type.ts';
export { knownTypes } from './known-types.ts';
export {
  type DefinedRecipeType,
  type ListedRecipeType,
  listRecipeTypes,
  recipeTypeDetails,
  type RecipeTypeDetails,
  type RecipeTypeFilter,
  recipeTypeOrders,
  type RecipeTypeRow,
  recipeTypesWith,
} from './read.ts';
export {
  listRecipeTypeRevisions,
  type RecipeTypeRevision,
  recipeTypeRevision,
  type RecipeTypeRevisionDetails,
} from './revisions.ts';
export {
  lockRecipeTypes,
  type RecipeTypeRequest,
  type RecipeTypeSaving,
  type SavedRecipeType,
  saveRecipeType,
} from './save-recipe-type.ts';
