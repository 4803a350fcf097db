/** What the commands do that ask a service, in one module; see `authoring.ts` for why. */
export { cancel } from './cancel/cancel.ts';
export { showJob } from './job/show-job.ts';
export { listJobs } from './jobs/list-jobs.ts';
export { printLogs } from './logs/print-logs.ts';
export { showRecipe } from './recipe/show-recipe.ts';
export { listRecipes } from './recipes/list-recipes.ts';
export { report } from './report/report.ts';
export { nodes } from './nodes/nodes.ts';
export { recipeType } from './recipe-type/recipe-type.ts';
export { recipeTypes } from './recipe-types/recipe-types.ts';
export { requeue } from './requeue/requeue.ts';
export { saveRecipeType } from './save-recipe-type/save-recipe-type.ts';
export { submit } from './submit/submit.ts';
export { tokens } from './tokens/tokens.ts';
export { types } from './types/types.ts';
export { users } from './users/users.ts';
export { why } from './why/why.ts';
