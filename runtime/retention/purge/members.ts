import type { Queries } from '../../database/index.ts';

/** Some members of a kind that the phase has not done yet. */
export async function openMembers(
  tx: Queries,
  purgeId: number,
  kind: 'file' | 'job' | 'recipe',
  limit: number,
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select member_id as id from purge_member where purge_id = $1 and kind = $2 and not is_done
     order by member_id limit ${limit}`,
    [purgeId, kind],
  );
  return rows.map(({ id }) => id);
}

export async function membersDone(
  tx: Queries,
  purgeId: number,
  kind: 'file' | 'job' | 'recipe',
  ids: readonly number[],
): Promise<void> {
  await tx.query(
    'update purge_member set is_done = true where purge_id = $1 and kind = $2 and member_id = any($3::bigint[])',
    [purgeId, kind, ids],
  );
}
