import { executionOf, givenToExecution, jobDetails } from '../../jobs/index.ts';
import { whyWaiting } from '../../scheduler/index.ts';
import { secretNames } from '../../secrets/index.ts';
import type { Context } from '../context.ts';
import { jobDetailsDocument } from '../shapes/job.ts';
import { withUnmet } from '../unmet-resources.ts';

/** A job with all its details, and why it waits. @returns undefined when there is no such job */
export async function readJob(
  { db, unmet }: Pick<Context, 'db' | 'unmet'>,
  id: number,
): Promise<Record<string, unknown> | undefined> {
  const row = await jobDetails(db, id);
  if (!row) return undefined;
  const [execution, given, why, secrets, lacking] = await Promise.all([
    executionOf(db, id),
    givenToExecution(db, id),
    whyWaiting(db, id),
    secretNames(db, { kind: 'job', id }),
    unmet(),
  ]);
  return jobDetailsDocument(withUnmet(row, lacking), {
    execution,
    given,
    secretNames: secrets,
    waitingFor: why?.waiting_for ?? [],
  });
}
