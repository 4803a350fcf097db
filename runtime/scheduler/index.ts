export { createDriver, type DriverOptions } from './driver/driver.ts';
export { deliverInputs } from './driver/input-files.ts';
export type { DrivenJob, JobSource } from './driver/request.ts';
export type { AdoptedFrom, Ended, Executor, Task } from './executor.ts';
export type { DrivenNode } from './nodes/driven-node.ts';
export type { NamedEngine } from './nodes/open-nodes.ts';
export { type Scheduler, type SchedulerOptions, startScheduler } from './scheduler.ts';
export {
  type ForeseeContext,
  foreseeJobs,
  foreseeRecipe,
  type Foreseen,
  type ForeseenNode,
  foreseenActions,
  rolledBack,
} from './foresee/foresee.ts';
export * from './foresee/bulk/index.ts';
export type { ForeseenJob } from './foresee/foresee-job.ts';
export { type AcceptedJob, acceptJob, type JobRequest } from './submission/accept-job.ts';
export {
  type AcceptedRecipe,
  acceptRecipe,
  acceptRecipeIn,
  type ConfigurationFindings,
  recipeConfigurationJudge,
  type RecipeRequest,
} from './submission/accept-recipe.ts';
export { jobConfigurationJudge } from './submission/job-configuration-judge.ts';
export { acceptJobs, type JobOfBatch, type JobOutcome } from './submission/accept-jobs.ts';
export { judgeJobType, type JobTypeJudgement } from './submission/judge-job-type.ts';
export type { ObservedExecution, Observer, Stretch } from './observed.ts';
export { Refusal } from './submission/refusal.ts';
export { type JobTypeRequest, type SavedJobType, saveJobType } from './submission/save-job-type.ts';
export { addWorkspace, judgeNewWorkspace, saveWorkspace } from './submission/save-workspace.ts';
export type { SubmissionContext } from './submission/surroundings.ts';
export { openDatabase, openRuntime, type Runtime, type RuntimeOptions } from './runtime.ts';
export { queueStatus, type Why, whyWaiting } from './why.ts';
export { type DiagnosticKind, diagnosticKinds } from './submission/diagnostic-types.ts';
export { queueCasino } from './submission/queue-casino.ts';
export { queueDiagnostics, type QueuedDiagnostics } from './submission/queue-diagnostics.ts';
