import type { Queries } from '../../database/index.ts';

/** Rows that are counted one by one; 1 ms for each thousand. */
const mostCounted = 10_000;

/**
 * How many rows a statement gives. Beyond ten thousand it is what the planner expects: counting a million takes 0.1 s and
 * more for each page.
 * @param from all after `select`, e.g. `from job where ...`
 */
export async function countRows(db: Queries, from: string, values: readonly unknown[]): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*) as count from (select ${from} limit ${mostCounted + 1}) counted`,
    values,
  );
  if (row!.count <= mostCounted) return row!.count;
  const [plan] = await db.query<{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }>(
    `explain (format json) select ${from}`,
    values,
  );
  return Math.max(plan!['QUERY PLAN'][0].Plan['Plan Rows'], row!.count);
}
