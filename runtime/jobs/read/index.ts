export { errorBase, type ErrorBase, type StoredError } from './error-base.ts';
export {
  executionById,
  type ExecutionFilter,
  executionOf,
  type ExecutionRow,
  listExecutions,
} from './executions.ts';
export { type EndedJob, endedJobs } from './ended-jobs.ts';
export { type JobDetails, jobDetails, jobExists } from './job-details.ts';
export type { JobTypeBase } from './job-type-base.ts';
export { type JobTypeName, listJobTypeNames } from './job-type-names.ts';
export {
  type JobTypeDetails,
  jobTypeDetails,
  type JobTypeFilter,
  type JobTypeRow,
  listJobTypes,
} from './job-types.ts';
export { type JobListFilter, jobOrders, type JobRow, listJobs } from './jobs.ts';
export { loadBetween, type LoadFilter, type LoadRow } from './load.ts';
export { nodeExecutions, type NodeExecutions, type TypeCount } from './node-executions.ts';
export { listNodes, nodeById, type NodeFilter, nodeOrders, type NodeRow } from './nodes.ts';
export { type QueuedResources, queuedResources } from './queued-resources.ts';
export { type ServiceFacts, serviceFacts } from './service-facts.ts';
export { type ListPage, type Order, orderBy } from './page.ts';
export { listRevisions, revisionOf, type RevisionRow } from './revisions.ts';
