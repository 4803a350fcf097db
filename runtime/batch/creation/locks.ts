import type { Queries } from '../../database/index.ts';

/** Of the two-key space of session advisory locks (`database/advisory-locks.ts`). */
const family = 0x5365656b;
/** Batches that are looked at for one that nobody works at. */
const most = 1000;

/**
 * Locks batches that nobody else works at; the oldest first.
 * @param session that announces this process: its locks are free as soon as it ends
 * @param held those that it works at already
 * @returns their ids, and how many there are that it does not work at
 */
export async function takeBatches(
  session: Queries,
  held: readonly number[],
  limit: number,
): Promise<{ readonly taken: readonly number[]; readonly open: number }> {
  const open = await session.query<{ id: number }>(
    `select id from batch where state = 'CREATING' and id <> all($1::bigint[]) order by id limit ${most}`,
    [held],
  );
  const taken: number[] = [];
  for (const { id } of open) {
    if (taken.length === limit) break;
    const [lock] = await session.query<{ mine: boolean }>('select pg_try_advisory_lock($1, $2) as mine', [
      family,
      id % 2_147_483_647,
    ]);
    if (lock!.mine) taken.push(id);
  }
  return { taken, open: open.length };
}

export async function releaseBatch(session: Queries, id: number): Promise<void> {
  await session.query('select pg_advisory_unlock($1, $2)', [family, id % 2_147_483_647]);
}
