export {
  builtinErrors,
  errorById,
  errorKeys,
  type ErrorDetails,
  type ErrorFilter,
  errorOrders,
  listErrors,
} from './errors.ts';
export { errorBase, type ErrorBase, type StoredError } from './error-base.ts';
export {
  executionById,
  type ExecutionFilter,
  executionOf,
  type ExecutionRow,
  listExecutions,
} from './executions.ts';
export { type ExecutionListFilter, executionOrders, listAllExecutions } from './list-executions.ts';
export { type EndedJob, endedJobs, manifestsOfJobs } from './ended-jobs.ts';
export { type JobDetails, jobDetails, jobExists } from './job-details.ts';
export { type GivenFile, type GivenToExecution, givenToExecution } from './given-to-execution.ts';
export { standingJobs, type StandingJobs, systemFailures, type SystemFailures } from './job-type-counts.ts';
export { type JobTypeStatus, jobTypeStatuses } from './job-type-status.ts';
export { jobTypeBase, type JobTypeBase } from './job-type-base.ts';
export { type JobTypeName, listJobTypeNames } from './job-type-names.ts';
export {
  type JobTypeDetails,
  jobTypeDetails,
  type JobTypeFilter,
  jobTypeOrders,
  type JobTypeRow,
  jobTypesById,
  listAllJobTypes,
  listJobTypes,
} from './job-types.ts';
export { type JobListFilter, jobOrders, type JobRow, listJobs } from './jobs.ts';
export {
  nodeState,
  type RecipeBase,
  recipeBase,
  type RecipeTypeBase,
  recipeTypeBase,
} from './recipe-base.ts';
export { loadBetween, type LoadFilter, type LoadRow } from './load.ts';
export { nodeExecutions, type NodeExecutions, type TypeCount } from './node-executions.ts';
export { type ErrorDay, errorDays, type JobTypeDay, jobTypeDays, type MetricsFilter } from './metrics.ts';
export { listNodes, nodeById, type NodeFilter, nodeOrders, type NodeRow } from './nodes.ts';
export { type QueuedResources, queuedResources } from './queued-resources.ts';
export { type ServiceFacts, serviceFacts } from './service-facts.ts';
export { type ListPage, type Order, orderBy } from './page.ts';
export { listRevisions, revisionOf, type RevisionRow } from './revisions.ts';
export { type JobTypeTimeline, jobTypeTimelines, type TimelineFilter } from './timeline.ts';
