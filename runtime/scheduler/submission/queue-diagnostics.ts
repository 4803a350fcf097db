import { randomUUID } from 'node:crypto';
import type { Database } from '../../database/index.ts';
import { diagnosticImage } from '../../engine/index.ts';
import { type JobTypeDetails, jobTypeDetails, queueCopies } from '../../jobs/index.ts';
import { acceptJob } from './accept-job.ts';
import { type DiagnosticKind, diagnosticType, diagnosticVersion } from './diagnostic-types.ts';
import { saveJobType } from './save-job-type.ts';
import type { SubmissionContext } from './surroundings.ts';

/** What was queued. */
export interface QueuedDiagnostics {
  readonly type: JobTypeDetails;
  /** The first of the jobs. */
  readonly jobId: number;
}

/**
 * Queues jobs of a kind by which a service is tried out. Their job type is made when the first ones are asked for; one that
 * is there stays as it was changed.
 * @param dedupeKey the same key twice is the same jobs
 * @throws invalid-request when the job type is no longer active
 */
export async function queueDiagnostics(
  db: Database,
  context: SubmissionContext,
  {
    kind,
    count,
    dedupeKey = randomUUID(),
  }: { kind: DiagnosticKind; count: number; dedupeKey?: string | undefined },
  actor: string,
): Promise<QueuedDiagnostics> {
  const type = await diagnosticJobType(db, context, kind, actor);
  const key = `diagnostic:${kind}:${count}:${dedupeKey}`;
  const input = { version: '7', files: {}, json: {} };
  const { id } = await acceptJob(db, context, { type, input, dedupeKey: key }, actor);
  if (count > 1) await queueCopies(db, id, count, key);
  return { type, jobId: id };
}

/** The job type of a kind, made where it is not there. */
export async function diagnosticJobType(
  db: Database,
  context: SubmissionContext,
  kind: DiagnosticKind,
  actor: string,
): Promise<JobTypeDetails> {
  const { name, manifest, iconCode, configuration } = diagnosticType(kind);
  const known = await jobTypeDetails(db, { name, version: diagnosticVersion });
  if (known) return known;
  const request = { manifest, image: diagnosticImage, configuration, change: { iconCode } };
  const { id } = await saveJobType(db, context, request, actor);
  return (await jobTypeDetails(db, id))!;
}
