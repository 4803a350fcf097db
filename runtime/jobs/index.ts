export { claim, type Claim, type Execution } from './claim.ts';
export { ensureEventPartitions, recordEvent } from './events.ts';
export { type Ending, finish, holds } from './finish.ts';
export { type JobTypeRevision, registerJobType } from './job-types.ts';
export { claimingRuntimes, failOrphans, type Orphan } from './orphans.ts';
export type { EndStatus, JobStatus } from './state.ts';
export { type NewJob, submit } from './submit.ts';
