import type { Database } from '../../runtime/database/index.ts';
import { advanceTallies } from '../../runtime/jobs/index.ts';
import { until } from './cli-files.ts';

/** Counts every event. Those that a transaction in another database of the server might still join are left to the next time. */
export async function countAll(db: Database): Promise<void> {
  await until('every event to be counted', async () => {
    await advanceTallies(db);
    const [left] = await db.query<{ count: number }>(
      'select count(*) as count from event e, tally_cursor c where (e.xid, e.id) > (c.xid, c.event_id)',
    );
    return left!.count === 0;
  });
}
