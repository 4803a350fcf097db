export { changeBatch } from './batches/change-batch.ts';
export { type BatchComparison, compareBatches } from './batches/compare.ts';
export { batchCounterNames, type BatchCounters } from './batches/counters.ts';
export { type CreatedBatch, createBatch } from './batches/create-batch.ts';
export { type Durations, type JobMetrics } from './batches/job-metrics.ts';
export { type BatchJudgement } from './batches/judge-batch.ts';
export { judgePost } from './batches/judge-post.ts';
export type { PreviousBatch } from './batches/judge-previous.ts';
export {
  type BatchBase,
  batchDetails,
  type BatchDetails,
  type BatchFilter,
  type BatchListed,
  batchOrders,
  listBatches,
} from './batches/read.ts';
export { type BatchRow, type BatchState, batchStates, lockBatch } from './creation/batch-row.ts';
export { type OpenSource, type PlannedRun, type RunOutcome, type RunSource } from './creation/source.ts';
export { type Batches, type BatchesOptions, startBatches } from './creation/start.ts';
export { foreseeBatch } from './foresee/foresee-batch.ts';
export type { ForeseeBatchContext, ForeseenBatch, ForeseenRun } from './foresee/foreseen.ts';
export {
  type FateAction,
  fateActions,
  type FateCounts,
  type ForeseenWhole,
  type NodeCounts,
} from './foresee/whole/tally.ts';
export * from './datasets/index.ts';
export * from './tasks/index.ts';
