export { changeReuse } from './change-reuse.ts';
export { type RecipeContext, recipeContext } from './context.ts';
export { configurationOfPart, type StoredConfiguration } from './forced-nodes.ts';
export type { JobPlan, Plan } from './plan/plan.ts';
export { Plans } from './plan/plans.ts';
export { advance, advanceOrLeave, catchUp, expandNext, rootsOfJobs } from './progress/advance.ts';
export { outputOfRecipe } from './progress/complete.ts';
export { decide as decideCondition, factsOfFiles, type Verdict } from './progress/conditions.ts';
export { configurationOfJob } from './progress/jobs-of-nodes.ts';
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
export { oldOutputs } from './reprocess/old-recipe.ts';
export {
  type DecidedReprocessing,
  decideReprocessings,
  type Reprocessing,
  type ReprocessRequest,
} from './reprocess/decide.ts';
export { planOfReprocess, type Reprocessed, reprocessRecipe } from './reprocess/reprocess.ts';
export { type PlannedNode, type ReprocessPlan, unknownNodes } from './reprocess/plan.ts';
export type { NodeState } from './state.ts';
export * from './types/index.ts';
