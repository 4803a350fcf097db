import type { RecipeData } from '../../../../seed-schema/index.ts';
import type { Queries } from '../../../database/index.ts';

/** What executions gave, by `job_exe.id`; those that gave nothing are left out. */
export async function outputsOfExecutions(
  tx: Queries,
  ids: readonly number[],
): Promise<Map<number, Partial<RecipeData>>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: number; output: Partial<RecipeData> }>(
    'select id, output from job_exe where id = any($1) and output is not null',
    [ids],
  );
  return new Map(rows.map(({ id, output }) => [id, output]));
}
