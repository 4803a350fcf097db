export { type RecipeContext, recipeContext } from './context.ts';
export type { JobPlan, Plan } from './plan/plan.ts';
export { Plans } from './plan/plans.ts';
export { advance, advanceOrLeave, catchUp, expandNext, rootsOfJobs } from './progress/advance.ts';
export { lockRecipes } from './progress/rows.ts';
export { type NewRecipe, submitRecipe, submitRecipes } from './progress/submit.ts';
export {
  listRecipes,
  mostLevels,
  openJobs,
  type PartStep,
  pathOfJob,
  pathsOfJobs,
  recipeCounts,
  type RecipeDetails,
  recipeDetails,
  recipeExists,
  recipeGraph,
  type RecipeListFilter,
  recipeOrders,
  type RecipePart,
  recipeParts,
  type RecipeRow,
  recipeTypeId,
  recipeTypeTimelines,
  stuckJobs,
  unconfiguredJobs,
} from './read/index.ts';
export {
  planOfReprocess,
  type Reprocessed,
  type Reprocessing,
  reprocessRecipe,
  type ReprocessRequest,
} from './reprocess/reprocess.ts';
export { type PlannedNode, type ReprocessPlan, unknownNodes } from './reprocess/plan.ts';
export type { NodeState } from './state.ts';
export * from './types/index.ts';
