import type { Queries } from '../../database/index.ts';
import { type BatchCounters, nodeCounters } from './counters.ts';

/** Seconds that the completed executions took; null: there are none. */
export interface Durations {
  readonly min: number | null;
  readonly avg: number | null;
  readonly max: number | null;
}

/** How the jobs of one node stand, and what they took. */
export interface JobMetrics {
  readonly counters: Omit<BatchCounters, 'recipes_total' | 'recipes_completed'>;
  /** In the container. */
  readonly seed: Durations;
  /** From start to end. */
  readonly job: Durations;
}

interface Row {
  readonly name: string;
  readonly counters: JobMetrics['counters'];
}

/** By the name of the node at the top, or by that of the job type for a batch of jobs. Times lag behind by half a minute. */
export async function jobMetrics(
  db: Queries,
  batch: { readonly id: number; readonly job_type: { readonly name: string } | null },
): Promise<Record<string, JobMetrics>> {
  const rows = await db.query<Row & { seed: Durations; job: Durations }>(
    `select n.name, n.counters,
       json_build_object('min', t.seed_min, 'avg', t.seed_sum / t.executions, 'max', t.seed_max) as seed,
       json_build_object('min', t.job_min, 'avg', t.job_sum / t.executions, 'max', t.job_max) as job
     from (${nodeCounters}) n left join batch_time t on t.batch_id = $1 and t.name = n.name order by n.name`,
    [batch.id],
  );
  return Object.fromEntries(
    rows.map(({ name, ...metrics }) => [name === '' ? (batch.job_type?.name ?? '') : name, metrics]),
  );
}
