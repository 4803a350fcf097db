import type { Conditions, Queries } from '../../database/index.ts';

/**
 * Adds that a job type is of one of these names; no names: no condition. They are looked up first: the planner cannot guess
 * how many rows there are of a name.
 * @param expression of the id of the job type
 */
export async function addTypesNamed(
  db: Queries,
  conditions: Conditions,
  expression: string,
  names: readonly string[] | undefined,
): Promise<void> {
  if (names === undefined) return;
  const types = await db.query<{ id: number }>('select id from job_type where name = any($1::text[])', [
    names,
  ]);
  const ids = types.map(({ id }) => id);
  if (ids.length > 0) conditions.among(expression, ids, 'bigint');
  else conditions.add('false');
}
