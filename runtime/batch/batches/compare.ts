import type { Queries } from '../../database/index.ts';
import { type JobMetrics, jobMetrics } from './job-metrics.ts';
import { batchesOfChain, type BatchListed } from './read.ts';

/** Batches of a chain, the first one first, each with the metrics of its jobs by node. */
export type BatchComparison = readonly (BatchListed & {
  readonly metrics: Readonly<Record<string, JobMetrics>>;
})[];

/** @param rootId the first batch of the chain @returns none when there is no such chain */
export async function compareBatches(db: Queries, rootId: number): Promise<BatchComparison> {
  const batches = await batchesOfChain(db, rootId);
  const compared = [];
  for (const batch of batches) compared.push({ ...batch, metrics: await jobMetrics(db, batch) });
  return compared;
}
