import type { Database } from '../../database/index.ts';
import { countedBatch } from './counted-batch.ts';

/** Events of one step, which is one transaction. */
const stepSize = 20_000;

/**
 * Counts the events that have come since, up to those that might still be joined by earlier ones. Whoever comes while
 * another one counts leaves it to that one.
 */
export async function advanceTallies(db: Database, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await step(db)) === stepSize);
}

/** @returns events that were read */
async function step(db: Database): Promise<number> {
  return db.transaction(async (tx) => {
    const [cursor] = await tx.query<{ xid: string; id: number }>(
      'select xid, event_id as id from tally_cursor for update skip locked',
    );
    if (!cursor) return 0;
    const [read] = await tx.query<{ count: number }>(statement, [cursor.xid, cursor.id]);
    return read!.count;
  });
}

const statement = `
  with batch as materialized (
    select e.xid, e.id, e.at, e.entity, e.entity_id, e.kind, e.data from event e
    where (e.xid, e.id) > ($1::xid8, $2::bigint) and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by e.xid, e.id limit ${stepSize}
  ), ${countedBatch}, moved as (
    update tally_cursor set xid = last.xid, event_id = last.id
    from (select xid, id from batch order by xid desc, id desc limit 1) last
  )
  select count(*) as count from batch`;
