import type { JobTypeDetails } from '../../jobs/index.ts';
import { secretNames } from '../../secrets/index.ts';
import type { Context } from '../context.ts';
import { jobTypeDetailsDocument } from '../shapes/job-type.ts';

/** A job type with all its details; secrets are masked. */
export async function typeDocument({ db }: Context, type: JobTypeDetails): Promise<Record<string, unknown>> {
  return jobTypeDetailsDocument(type, await secretNames(db, { kind: 'job_type', id: type.id }));
}
