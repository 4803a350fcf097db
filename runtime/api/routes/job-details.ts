import type { Queries } from '../../database/index.ts';
import { executionOf, givenToExecution, jobDetails } from '../../jobs/index.ts';
import { whyWaiting } from '../../scheduler/index.ts';
import { secretNames } from '../../secrets/index.ts';
import { jobDetailsDocument } from '../shapes/job.ts';

/** A job with all its details, and why it waits. @returns undefined when there is no such job */
export async function readJob(db: Queries, id: number): Promise<Record<string, unknown> | undefined> {
  const row = await jobDetails(db, id);
  if (!row) return undefined;
  const [execution, given, why, secrets] = await Promise.all([
    executionOf(db, id),
    givenToExecution(db, id),
    whyWaiting(db, id),
    secretNames(db, { kind: 'job', id }),
  ]);
  return jobDetailsDocument(row, {
    execution,
    given,
    secretNames: secrets,
    waitingFor: why?.waiting_for ?? [],
  });
}
