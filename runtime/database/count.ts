import type { Queries } from './queries.ts';

export interface Count {
  readonly count: number;
  /** It is what the planner takes it for. */
  readonly isEstimate: boolean;
}

/** What the planner takes a statement for. */
export interface Expected {
  readonly rows: number;
  /** Of counting as many rows as are counted one by one. */
  readonly cost: number;
}

/** Rows that are counted one by one: 10,000 take about 3 ms, a million 300. */
export const mostCounted = 10_000;

/** What the planner takes for so many is more than that, however wrong it is: counting would only take time. */
const certainlyMore = 3 * mostCounted;

/** Of the planner's cost: what costs more than this to count takes longer than an answer may (20 ms, measured). */
const mostCost = 40_000;

/** Whether a statement seems to give so few rows that all of them can be looked at. */
export function seemFew({ rows, cost }: Expected): boolean {
  return rows <= mostCounted && cost <= mostCost;
}

/** How many rows a statement gives: exact up to 10,000 where that is quickly counted, else an estimate. */
export async function countRows(
  db: Queries,
  statement: string,
  values: readonly unknown[],
  { rows, cost }: Expected,
): Promise<Count> {
  if (cost > mostCost || rows > certainlyMore) return { count: rows, isEstimate: true };
  const [counted] = await db.query<{ count: number }>(
    `select count(*) as count from (${statement} limit ${mostCounted + 1}) counted`,
    values,
  );
  const { count } = counted!;
  if (count <= mostCounted) return { count, isEstimate: false };
  return { count: Math.max(rows, count), isEstimate: true };
}

/** How many rows a statement gives, however long it takes: a million take about 0.3 s. */
export async function countAll(db: Queries, statement: string, values: readonly unknown[]): Promise<Count> {
  const [counted] = await db.query<{ count: number }>(
    `select count(*) as count from (${statement}) counted`,
    values,
  );
  return { count: counted!.count, isEstimate: false };
}

/** How many rows the planner expects of a statement. */
export async function estimateRows(
  db: Queries,
  statement: string,
  values: readonly unknown[],
): Promise<number> {
  return (await expectRows(db, statement, values)).rows;
}

interface Plan {
  readonly 'Plan Rows': number;
  readonly 'Startup Cost': number;
  readonly 'Total Cost': number;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly Plan[];
}

export async function expectRows(
  db: Queries,
  statement: string,
  values: readonly unknown[],
): Promise<Expected> {
  return expectedOf(await explain(db, statement, values));
}

/** Of several statements with the parameters of all of them, in one round trip. */
export async function expectEach(
  db: Queries,
  statements: readonly string[],
  values: readonly unknown[],
): Promise<Expected[]> {
  const names = statements.map((_, nth) => `part_${nth}`);
  const parts = statements.map((statement, nth) => `${names[nth]} as materialized (${statement})`);
  const plan = await explain(db, `with ${parts.join(', ')} select from ${names.join(', ')}`, values);
  return names.map((name) => expectedOf(plan.Plans!.find((part) => part['Subplan Name'] === `CTE ${name}`)!));
}

async function explain(db: Queries, statement: string, values: readonly unknown[]): Promise<Plan> {
  const [row] = await db.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
    `explain (format json) ${statement}`,
    values,
  );
  return row!['QUERY PLAN'][0].Plan;
}

function expectedOf({ 'Plan Rows': rows, 'Startup Cost': startup, 'Total Cost': total }: Plan): Expected {
  const share = Math.min(1, (mostCounted + 1) / Math.max(1, rows));
  return { rows, cost: startup + (total - startup) * share };
}
