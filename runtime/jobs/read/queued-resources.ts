import { estimateRows, type Queries } from '../../database/index.ts';
import type { Resources } from '../resources.ts';

/** Of each status: how many jobs, and what they need together. */
export interface QueuedResources {
  readonly status: 'PENDING' | 'QUEUED' | 'RUNNING';
  readonly count: number;
  readonly resources: Resources;
  /** The count is the planner's, and the resources those of the first jobs, in proportion. */
  readonly is_estimate: boolean;
}

/** Jobs that are looked at: a sum over a million of them took 1.9 s. */
const most = 10_000;

/** What waits and runs needs together. Where a status has more than 10,000 jobs it is an estimate. */
export async function queuedResources(db: Queries): Promise<QueuedResources[]> {
  return Promise.all((['PENDING', 'QUEUED', 'RUNNING'] as const).map((status) => sumOf(db, status)));
}

async function sumOf(db: Queries, status: QueuedResources['status']): Promise<QueuedResources> {
  const [row] = await db.query<{ seen: number; resources: Record<string, number> }>(
    `with seen as materialized (select resources from job where status = $1 limit ${most + 1})
     select (select count(*) from seen) as seen, coalesce((
       select json_object_agg(sums.key, sums.total) from (
         select amount.key, sum(amount.value::numeric)::float8 as total
         from seen cross join lateral jsonb_each_text(seen.resources) amount group by amount.key
       ) sums), '{}') as resources`,
    [status],
  );
  const { seen, resources } = row!;
  if (seen <= most) return { status, count: seen, resources: resources as Resources, is_estimate: false };
  const count = await estimateRows(db, `select from job where status = $1`, [status]);
  const factor = count / seen;
  const scaled = Object.entries(resources).map(([name, total]) => [
    name,
    Math.round(total * factor * 10) / 10,
  ]);
  return { status, count, resources: Object.fromEntries(scaled) as Resources, is_estimate: true };
}
