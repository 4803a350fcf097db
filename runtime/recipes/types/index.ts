export { addRevision } from './add-revision.ts';
export { raiseUsers } from './auto-update.ts';
export { changeRecipeType, type RecipeTypeChange } from './change-recipe-type.ts';
export { compareRecipeType, type Comparison } from './compare-recipe-type.ts';
export { lockRecipeTypes } from './current-revision.ts';
export { judgeRecipeType, type NewRevision, type RecipeTypeJudgement } from './judge-recipe-type.ts';
export { knownTypes } from './known-types.ts';
export { nameOfTitle } from './name-of-title.ts';
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
  type RecipeTypeRequest,
  type RecipeTypeSaving,
  type SavedRecipeType,
  saveRecipeType,
  saveWithin,
} from './save-recipe-type.ts';
export { deprecationWarnings, type TypeId } from './users.ts';
