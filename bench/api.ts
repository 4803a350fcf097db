import { parseArgs } from 'node:util';
import { connect } from '../runtime/database/index.ts';
import { requestsOf } from './api/requests.ts';
import { seed, seededBefore } from './api/seed.ts';
import { startService } from './api/service.ts';
import { benchServer } from './scheduler/server.ts';
import { runBench } from './support/bench.ts';
import { Samples } from './support/statistics.ts';
import { mark, ms, table } from './support/table.ts';

const options = {
  rows: { type: 'string', default: '1000000' },
  rounds: { type: 'string', default: '20' },
  small: { type: 'boolean', default: false },
  /** Only addresses that contain it. */
  only: { type: 'string', default: '' },
  /** A directory for the filled database, which stays there and is used by the next run; its times grow older. */
  keep: { type: 'string' },
} as const;

/** Milliseconds that 19 of 20 answers may take. */
const budget = 50;
const warmUps = 3;

/**
 * What each operation that reads takes, where there are a million jobs, executions and files.
 * @returns the exit code: 1 where one is over its budget, or fails
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const rows = values.small ? 2_000 : Math.max(100, Math.trunc(Number(values.rows)));
  const rounds = values.small ? 3 : Math.max(1, Math.trunc(Number(values.rounds)));
  return runBench(async (bench) => {
    const server = await benchServer(bench, values.keep);
    const db = await connect({ home: bench.directory, databaseUrl: await server.database(`api_${rows}`) });
    bench.ending.undo(() => db.close());
    const service = await startService(bench, db);
    const origin = performance.now();
    const before = await seededBefore(db);
    const seeded = before ?? (await seed(db, rows));
    await server.settle();
    const many = rows.toLocaleString('en');
    const when = before ? 'kept' : `made in ${Math.round((performance.now() - origin) / 1000)} s`;
    console.log(`## ${many} jobs, executions and files, ${when}\n`);

    const samples = new Samples();
    const failed: string[] = [];
    const measure = async (name: string, ask: () => Promise<{ ms: number; status: number }>) => {
      for (let round = -warmUps; round < rounds; round++) {
        bench.ending.signal.throwIfAborted();
        const { ms: taken, status } = await ask();
        if (round >= 0) samples.add(name, taken);
        if (status >= 500) failed.push(`${name}: HTTP ${status}`);
      }
    };
    await measure('select 1', () => service.selectOne());
    for (const address of requestsOf(service.routes, seeded).filter((one) => one.includes(values.only)))
      await measure(address, () => service.get(address));
    const bare = samples.p50('select 1');
    const lines = samples.names.map((name) => {
      const [p50, p95] = [samples.p50(name), samples.p95(name)];
      return [name, ms(p50), ms(p95), `${(p50 / bare).toFixed(1)} ×`, `≤ ${budget} ${mark(p95 <= budget)}`];
    });
    console.log(`${table(['GET', 'p50 ms', 'p95 ms', 'select 1', 'budget'], lines)}\n`);
    const slow = samples.names.filter((name) => samples.p95(name) > budget);
    for (const problem of new Set(failed)) console.log(problem);
    console.log(`${slow.length} of ${samples.names.length} over the budget\n`);
    // What a few rows take on a busy machine says nothing.
    return failed.length > 0 || (slow.length > 0 && !values.small) ? 1 : 0;
  });
}
