import type { Queries } from './queries.ts';

export interface Count {
  readonly count: number;
  /** It is what the planner takes it for. */
  readonly isEstimate: boolean;
}

/** Rows that are counted one by one: 10,000 take about 3 ms, a million 300. */
const mostCounted = 10_000;

/** What the planner takes for so many is more than that, however wrong it is: counting would only take time. */
const certainlyMore = 3 * mostCounted;

/** Of the planner's cost: what costs more than this to count takes longer than an answer may (20 ms, measured). */
const mostCost = 40_000;

/** How many rows a statement gives: exact up to 10,000 where that is quickly counted, else an estimate. */
export async function countRows(
  db: Queries,
  tables: string,
  where: string,
  values: readonly unknown[],
): Promise<Count> {
  const statement = `select from ${tables} where ${where}`;
  const { rows, cost } = await estimate(db, statement, values);
  if (cost > mostCost || rows > certainlyMore) return { count: rows, isEstimate: true };
  const [counted] = await db.query<{ count: number }>(
    `select count(*) as count from (${statement} limit ${mostCounted + 1}) counted`,
    values,
  );
  const { count } = counted!;
  if (count <= mostCounted) return { count, isEstimate: false };
  return { count: Math.max(rows, count), isEstimate: true };
}

/** How many rows the planner expects of a statement. */
export async function estimateRows(
  db: Queries,
  statement: string,
  values: readonly unknown[],
): Promise<number> {
  return (await estimate(db, statement, values)).rows;
}

interface Plan {
  readonly 'Plan Rows': number;
  readonly 'Startup Cost': number;
  readonly 'Total Cost': number;
}

async function estimate(
  db: Queries,
  statement: string,
  values: readonly unknown[],
): Promise<{ readonly rows: number; readonly cost: number }> {
  const [row] = await db.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
    `explain (format json) ${statement}`,
    values,
  );
  const { 'Plan Rows': rows, 'Startup Cost': startup, 'Total Cost': total } = row!['QUERY PLAN'][0].Plan;
  const share = Math.min(1, (mostCounted + 1) / Math.max(1, rows));
  return { rows, cost: startup + (total - startup) * share };
}
