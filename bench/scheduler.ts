import { parseArgs } from 'node:util';
import { bareSql } from './scheduler/bare-sql.ts';
import { batchSize, type Contender } from './scheduler/contender.ts';
import { graphileWorker } from './scheduler/graphile-worker.ts';
import { bestConcurrency, lifecyclesPerSecond } from './scheduler/measure.ts';
import { idleStatements } from './scheduler/idle.ts';
import { pgBoss } from './scheduler/pg-boss.ts';
import { pickUp } from './scheduler/pick-up.ts';
import { budgetsTable, idleTable, type Measured, pickUpTable, ratesTable } from './scheduler/report.ts';
import { benchServer, type BenchServer } from './scheduler/server.ts';
import { ourScheduler } from './scheduler/subject.ts';
import { runBench } from './support/bench.ts';

const options = {
  lengths: { type: 'string', default: '1000,100000,1000000' },
  seconds: { type: 'string', default: '5' },
  only: { type: 'string', default: '' },
  /** `single` (one job per claim), `batches`, or both. */
  form: { type: 'string', default: 'both' },
  /** That an idle runtime is listened to. */
  idle: { type: 'string', default: '60' },
} as const;

/** Each with its own database, so that none pays for the rows of another. */
const contenders: Readonly<Record<string, (url: string) => Promise<Contender>>> = {
  seedbed: (url) => ourScheduler(url, 'one job per claim'),
  seedbed_batches: (url) => ourScheduler(url, 'batches'),
  bare_sql: (url) => bareSql(url, 1),
  graphile_worker: (url) => graphileWorker(url, 'one job per claim'),
  pg_boss: (url) => pgBoss(url, 'one job per claim'),
  bare_sql_batches: (url) => bareSql(url, batchSize),
  graphile_worker_batches: (url) => graphileWorker(url, 'batches'),
  pg_boss_batches: (url) => pgBoss(url, 'batches'),
};

/**
 * How many jobs a second go through a queue, submit → claim → complete, and what the length of the queue does to that.
 * @returns the exit code
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const seconds = Math.max(0.1, Number(values.seconds));
  const lengths = values.lengths.split(',').map((length) => Math.max(1, Math.trunc(Number(length))));
  lengths.sort((a, b) => a - b);
  const only = values.only.split(',');
  const isMeant = (name: string) =>
    only.some((start) => name.startsWith(start)) &&
    (values.form === 'both' || (values.form === 'batches') === name.endsWith('_batches'));
  return runBench(async (bench) => {
    const server = await benchServer(bench);
    const measured: Measured[] = [];
    for (const [name, open] of Object.entries(contenders)) {
      if (!isMeant(name)) continue;
      const contender = await open(await server.database(name));
      try {
        measured.push(await measure(contender, server, lengths, seconds, bench.ending.signal));
      } finally {
        await contender.close();
      }
    }
    console.log(`\n## Lifecycles a second, ${seconds} s each\n`);
    for (const form of ['one job per claim', 'batches'] as const)
      console.log(`${ratesTable(measured, form, lengths)}\n`);
    console.log(`${budgetsTable(measured, lengths)}\n`);
    const picked = await pickUp(await server.database('pick_up'), 100, bench.ending.signal);
    console.log(`${pickUpTable(picked)}\n`);
    const idle = await idleStatements(
      await server.database('idle'),
      Math.max(0.1, Number(values.idle)),
      bench,
    );
    console.log(`${idleTable(idle)}\n`);
    console.log(
      `Memory of this process, with our scheduler: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB`,
    );
    return 0;
  });
}

async function measure(
  contender: Contender,
  server: BenchServer,
  lengths: readonly number[],
  seconds: number,
  signal: AbortSignal,
): Promise<Measured> {
  const rates = new Map<number, number>();
  let concurrency: number | undefined;
  for (const length of lengths) {
    await contender.lengthen(length - (await contender.waiting()));
    await server.settle();
    concurrency ??= await bestConcurrency(contender, Math.min(seconds, 2), signal);
    rates.set(length, await lifecyclesPerSecond(contender, concurrency, seconds, signal));
  }
  return { contender, concurrency: concurrency!, rates };
}
