import pg from 'pg';
import PgBoss from 'pg-boss';
import { batchSize, type Contender, inLanes } from './contender.ts';

const queue = 'nothing';

/**
 * pg-boss by its functions `send`, `fetch` and `complete`; in batches, `insert` in place of `send`. Its `work` polls, at
 * most twice a second, and would be far slower.
 * @param url of an empty database
 */
export async function pgBoss(url: string, form: Contender['form']): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: 32 });
  const db = { executeSql: (text: string, values: unknown[]) => pool.query(text, values) };
  const boss = new PgBoss({ db, supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue(queue);
  const batch = form === 'batches' ? batchSize : 1;
  const jobs = Array.from({ length: batch }, () => ({ name: queue, data: {} }));
  const submit = () => (batch === 1 ? boss.send(queue, {}) : boss.insert(jobs));
  return {
    name: 'pg-boss',
    form,
    concurrencies: batch === 1 ? [4, 8, 16, 32] : [2, 4, 8],
    async lengthen(count) {
      await pool.query(
        `insert into pgboss.job (name, data, policy) select $1, '{}', 'standard' from generate_series(1, $2::integer)`,
        [queue, count],
      );
      await pool.query('vacuum analyze pgboss.job');
    },
    cycle: (concurrency, onDone, signal) =>
      inLanes(concurrency, signal, async () => {
        await submit();
        const fetched = await boss.fetch(queue, { batchSize: batch });
        await boss.complete(
          queue,
          fetched.map(({ id }) => id),
        );
        onDone(fetched.length);
      }),
    waiting: () => boss.getQueueSize(queue),
    async close() {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}
