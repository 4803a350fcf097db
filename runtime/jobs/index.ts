export { type ActionStep, type JobAction, requestAction, stepAction } from './actions.ts';
export { changeJobType, type JobTypeChange, lockConfiguration } from './change-job-type.ts';
export { changeNode, type NodeChange } from './change-node.ts';
export { claim, type Claim, type Execution } from './claim.ts';
export {
  type Change,
  changesAfter,
  type Cursor,
  endOfEvents,
  type JobEvent,
  jobEventsAfter,
  type RecipeEvent,
} from './event-log.ts';
export { ensureEventPartitions, recordEvent, recordEvents } from './events.ts';
export type { ErrorKey } from './error-key.ts';
export type { JobFilter } from './filter.ts';
export { type Ending, finish, finishMany, holds, keepConfiguration, type Retry } from './finish.ts';
export { queueCopies } from './copies.ts';
export { type JobTypeRevision, registerJobType } from './job-types.ts';
export {
  adopt,
  type Adopted,
  endLease,
  hasLease,
  leaseSeconds,
  ownExecutions,
  moveAttempt,
  type Pulse,
  pulse,
  registerRuntime,
  renameRuntime,
  runningAttempts,
} from './leases.ts';
export {
  claimingRuntimes,
  failOrphans,
  isAttemptDirectory,
  type Orphan,
  privateAttempts,
  stillRunning,
} from './orphans.ts';
export { type Assignment, claimMany, type Scheduled } from './queue/claim-many.ts';
export {
  type Offer,
  type OpenNode,
  type QueuedJob,
  readWorld,
  slotsOf,
  type TypeLoad,
  type World,
} from './queue/world.ts';
export {
  abandon,
  dismiss,
  freeKeys,
  type Holder,
  privateRuntimes,
  takeQueue,
  withdraw,
} from './private-queues.ts';
export { type Depth, queueDepth } from './measure/depth.ts';
export { type Waiting, waitingJobs } from './measure/waiting.ts';
export { type PendingJobs, pendingJobs, queuePending } from './pending.ts';
export { type FilledJob, fillJobs, setBlocked, withdrawJobs } from './recipe-jobs.ts';
export { noResources, type Resources } from './resources.ts';
export * from './read/index.ts';
export { changeScheduler, schedulerSettings, type SchedulerSettings } from './scheduler-settings.ts';
export type { EndStatus, JobStatus } from './state.ts';
export { supersedeJobs } from './supersede.ts';
export { defaultQueue, type JobOfRecipe, type NewJob, submit, submitMany } from './submit.ts';
export { type ExecutionFacts, executionFacts, executionState, type RecipeInput } from './execution-facts.ts';
export { type DiskPromise, diskPromises, reportDisk } from './nodes/disk.ts';
export { forgetImage, type ImageState, reportImage, unusedImages } from './nodes/images.ts';
export {
  type NodeDescription,
  type NodeProblem,
  registerAbsentNode,
  registerNode,
  reportNode,
} from './nodes/register.ts';
export * from './configuration/index.ts';
export { type StoredFacts, storedFacts, storedFactsOf } from './why/facts.ts';
export { type QueuedType, queuedTypes } from './why/queue-status.ts';
export { reasonsToWait, type WaitFacts, type WaitReason, waitReasons } from './why/reasons.ts';
export { advanceTallies } from './tallies/advance.ts';
export { rebuildTallies } from './tallies/rebuild.ts';
