import { once } from 'node:events';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { batchSize, type Contender } from './contender.ts';

const task = 'nothing';
const silent = new Logger(() => () => {});
/** Jobs that its local queue holds, as in its own benchmark. */
const localQueue = 500;

/**
 * graphile-worker with a task that submits the next job and ends. In batches: its local queue, completions gathered, and
 * jobs added by the hundred.
 * @param url of an empty database
 */
export async function graphileWorker(url: string, form: Contender['form']): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: 40 });
  // It asks for these: a connection that the server ends is to fail the next statement, and nothing more.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const utils = await makeWorkerUtils({ pgPool: pool, logger: silent });
  await utils.migrate();
  await pool.query('insert into graphile_worker._private_tasks (identifier) values ($1)', [task]);
  const batched = form === 'batches';
  const worker = batched ? { localQueue: { size: localQueue }, completeJobBatchDelay: 0 } : {};
  let toSubmit = 0;
  const submitNext = async () => {
    if (!batched) return void (await utils.addJob(task, {}));
    if (++toSubmit < batchSize) return;
    toSubmit = 0;
    await utils.addJobs(Array.from({ length: batchSize }, () => ({ identifier: task, payload: {} })));
  };
  return {
    name: 'graphile-worker',
    form,
    concurrencies: batched ? [8, 24, 48] : [4, 8, 16, 32],
    async lengthen(count) {
      await pool.query(
        `insert into graphile_worker._private_jobs (task_id, payload)
         select t.id, '{}' from graphile_worker._private_tasks t, generate_series(1, $1::integer) where t.identifier = $2`,
        [count, task],
      );
      await pool.query('vacuum analyze graphile_worker._private_jobs');
    },
    async cycle(concurrency, onDone, signal) {
      const taskList = {
        [task]: async () => {
          await submitNext();
          onDone(1);
        },
      };
      const preset = { worker: { concurrentJobs: concurrency, ...worker } };
      const runner = await run({ pgPool: pool, taskList, preset, logger: silent, noHandleSignals: true });
      if (!signal.aborted) await Promise.race([once(signal, 'abort'), runner.promise]);
      await runner.stop();
    },
    async waiting() {
      const { rows } = await pool.query<{ count: number }>(
        'select count(*)::integer as count from graphile_worker._private_jobs',
      );
      return rows[0]!.count;
    },
    async close() {
      await utils.release();
      await pool.end();
    },
  };
}
