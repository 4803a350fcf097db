import type { Depth, JobEvent, JobStatus } from '../../jobs/index.ts';
import { cursorText } from './cursor.ts';

/** What a job is after an event of a kind. */
const statusAfter: Readonly<Record<string, JobStatus>> = {
  pending: 'PENDING',
  blocked: 'BLOCKED',
  queued: 'QUEUED',
  requeued: 'QUEUED',
  retried: 'QUEUED',
  started: 'RUNNING',
  adopted: 'RUNNING',
  canceling: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'CANCELED',
};

/** Which changes somebody wants to see; what is undefined does not matter. */
export interface ChangeFilter {
  readonly jobIds: readonly number[] | undefined;
  readonly jobTypeIds: readonly number[] | undefined;
  readonly jobTypeNames: readonly string[] | undefined;
  readonly statuses: readonly string[] | undefined;
}

/** Pure. */
export function isWanted(filter: ChangeFilter, { kind, jobId, jobType }: JobEvent): boolean {
  const fits = <Value>(wanted: readonly Value[] | undefined, value: Value | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  return (
    fits(filter.jobIds, jobId) &&
    fits(filter.jobTypeIds, jobType.id) &&
    fits(filter.jobTypeNames, jobType.name) &&
    fits(filter.statuses, statusAfter[kind])
  );
}

/** A change of a job, as it is sent. */
export function changeText(event: JobEvent): string {
  const { kind, at, jobId, jobType, attempt, data } = event;
  const error = data.error as { name?: string; category?: string } | null | undefined;
  const document = {
    job_id: jobId,
    status: statusAfter[kind] ?? null,
    kind,
    job_type: jobType,
    exe_num: attempt,
    at,
    ...(error && { error: { name: error.name, category: error.category } }),
  };
  return `id: ${cursorText(event)}\nevent: job\ndata: ${JSON.stringify(document)}\n\n`;
}

/** How many jobs are not over, as it is sent; the same text for the same numbers. */
export function queueText(depth: readonly Depth[]): string {
  const count = (status: Depth['status']) =>
    depth.filter((one) => one.status === status).reduce((sum, one) => sum + one.count, 0);
  const document = {
    pending: count('PENDING'),
    blocked: count('BLOCKED'),
    queued: count('QUEUED'),
    running: count('RUNNING'),
  };
  return `event: queue\ndata: ${JSON.stringify(document)}\n\n`;
}
