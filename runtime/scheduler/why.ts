import type { Configuration } from '../../seed-schema/index.ts';
import type { Queries } from '../database/index.ts';
import {
  type JobStatus,
  missingValues,
  type QueuedType,
  queuedTypes,
  reasonsToWait,
  type StoredFacts,
  storedFacts,
  storedFactsOf,
  type WaitReason,
} from '../jobs/index.ts';
import { loadManifest } from '../manifest/index.ts';
import { secretNames } from '../secrets/index.ts';

/** What a job waits for. */
export interface Why {
  readonly job_id: number;
  readonly status: JobStatus;
  /** The most decisive reason first; empty for a job that has ended, or that runs well. */
  readonly waiting_for: readonly WaitReason[];
}

/** Computed now: nothing of it is stored. @returns undefined when there is no such job */
export async function whyWaiting(db: Queries, jobId: number): Promise<Why | undefined> {
  const stored = await storedFacts(db, jobId);
  if (!stored) return undefined;
  const { facts } = stored;
  const missing = facts.status === 'PENDING' ? await missingOf(db, jobId, stored) : [];
  return { job_id: jobId, status: facts.status, waiting_for: reasonsToWait({ ...facts, missing }) };
}

async function missingOf(
  db: Queries,
  jobId: number,
  { jobTypeId, manifest, typeConfiguration, configuration }: StoredFacts,
) {
  const names = [
    ...(await secretNames(db, { kind: 'job_type', id: jobTypeId })),
    ...(await secretNames(db, { kind: 'job', id: jobId })),
  ];
  return missingValues(
    loadManifest(JSON.stringify(manifest), `the job type of job ${jobId}`).manifest,
    typeConfiguration as Configuration,
    configuration as Configuration,
    names,
  );
}

/** The queue by job type, each with why it waits. */
export async function queueStatus(
  db: Queries,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ count: number; types: (QueuedType & { readonly waitingFor: readonly WaitReason[] })[] }> {
  const { count, types } = await queuedTypes(db, page);
  const first = types.map(({ firstJobId }) => firstJobId);
  const stored = await storedFactsOf(db, first, true);
  const explained = types.map((type) => {
    const known = stored.get(type.firstJobId);
    return { ...type, waitingFor: known ? reasonsToWait({ ...known.facts, missing: [] }) : [] };
  });
  return { count, types: explained };
}
