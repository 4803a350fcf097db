import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../runtime/database/index.ts';
import { submitMany } from '../runtime/jobs/index.ts';
import { expandNext, recipeContext, recipeGraph, submitRecipe } from '../runtime/recipes/index.ts';
import { beside } from './recipes/cwltool.ts';
import { chain, fanOut, numberType } from './recipes/types.ts';
import { aJob, benchType, openRuntime } from './scheduler/runtime.ts';
import { benchServer } from './scheduler/server.ts';
import { type Bench, runBench } from './support/bench.ts';
import { mark, ms, table } from './support/table.ts';

const options = {
  /** Sub-recipes, and jobs in each. */
  outer: { type: 'string', default: '100' },
  inner: { type: 'string', default: '1000' },
  /** Nodes of the chain. */
  chain: { type: 'string', default: '1000' },
  /** Rounds of the small graph of containers beside cwltool; 0: none. */
  rounds: { type: 'string', default: '3' },
} as const;

interface Row {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
}

/**
 * What recipes cost: one of 100,000 jobs on the simulated engine, a chain, and a small one of real containers beside
 * cwltool.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const [outer, inner, length, rounds] = [values.outer, values.inner, values.chain, values.rounds].map(
    Number,
  );
  return runBench(async (run) => {
    const server = await benchServer(run);
    const rows = [
      ...(await ofManyNodes(run, await server.database('many'), outer!, inner!, () => server.settle())),
      ...(await ofChain(run, await server.database('chain'), length!)),
    ];
    console.log('\n## Simulated engine\n');
    console.log(
      table(
        ['', 'measured', 'budget'],
        rows.map(({ what, measured, budget }) => [what, measured, budget]),
      ),
    );
    if (rounds! > 0) {
      const compared = await beside(run, rounds!, path.join(root, 'dist'));
      console.log(`\n## Four containers, beside cwltool\n\n${compared}`);
    }
    return 0;
  });
}

async function ofManyNodes(
  run: Bench,
  url: string,
  outer: number,
  inner: number,
  settle: () => Promise<void>,
): Promise<Row[]> {
  const total = outer * inner;
  const db = await opened(run, url);
  const context = recipeContext(db, readConfig({ SEED_HOME: '/tmp' }));
  await numberType(db);
  const revisionId = await fanOut(db, outer, inner);
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
  const input = { version: '7', files: {}, json: { A: numbers(outer), B: numbers(inner) } } as const;
  const accepted = await timed(async () => {
    const id = await db.transaction((tx) =>
      submitRecipe(tx, context, { revisionId, input, configuration: {}, actor: 'bench' }),
    );
    while (await expandNext(db, context));
    return id;
  });
  // The same jobs without a recipe: what the rows alone cost.
  const type = await benchType(db);
  const bare = await timed(async () => {
    for (let made = 0; made < total; made += 500)
      await submitMany(
        db,
        Array.from({ length: Math.min(500, total - made) }, () => ({ ...aJob(type), queue: 'elsewhere' })),
      );
  });
  const graph = await timed(() => recipeGraph(db, accepted.value));
  await settle();
  const before = { cpu: process.cpuUsage(), rss: process.memoryUsage.rss(), at: performance.now() };
  let most = before.rss;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 200);
  const close = await openRuntime(url, { name: 'many', slots: 500, claimLimit: 500 });
  await completed(db, accepted.value);
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before.cpu);
  const [cpu, wall] = [(user + system) / 1000 / total, (performance.now() - before.at) / total];
  await close();
  return [
    {
      what: `${total} jobs (${outer} × ${inner}): accepted and expanded, s`,
      measured: (accepted.ms / 1000).toFixed(2),
      budget: `≤ 5 ${mark(accepted.ms <= 5000)}`,
    },
    { what: 'the same jobs without a recipe, s', measured: (bare.ms / 1000).toFixed(2), budget: '' },
    { what: 'its graph, ms', measured: ms(graph.ms), budget: `≤ 1000 ${mark(graph.ms <= 1000)}` },
    {
      what: 'run: processor time of the runtime for each node, ms',
      measured: cpu.toFixed(3),
      budget: `≤ 0.5 ${mark(cpu <= 0.5)}`,
    },
    { what: 'run: time for each node, ms', measured: wall.toFixed(3), budget: '' },
    { what: 'run: memory at most, MiB more', measured: String(mebibytes(most - before.rss)), budget: '' },
  ];
}

async function ofChain(run: Bench, url: string, length: number): Promise<Row[]> {
  const db = await opened(run, url);
  const context = recipeContext(db, readConfig({ SEED_HOME: '/tmp' }));
  await numberType(db);
  const revisionId = await chain(db, length);
  const input = { version: '7', files: {}, json: { N: 1 } } as const;
  const close = await openRuntime(url, { name: 'chain', slots: 4, claimLimit: 500 });
  const accepted = await timed(() =>
    db.transaction((tx) =>
      submitRecipe(tx, context, { revisionId, input, configuration: {}, actor: 'bench' }),
    ),
  );
  db.notify('queue');
  const ran = await timed(() => completed(db, accepted.value));
  await close();
  return [
    { what: `a chain of ${length}: accepted, ms`, measured: ms(accepted.ms), budget: '' },
    { what: 'a chain: each step, ms', measured: (ran.ms / length).toFixed(2), budget: '' },
  ];
}

async function opened({ ending }: Bench, url: string): Promise<LastingDatabase> {
  const db = await connectLasting({ home: '', databaseUrl: url });
  ending.undo(() => db.close());
  return db;
}

/** Looks now and then, for half an hour at most. */
async function completed(db: LastingDatabase, recipe: number): Promise<void> {
  for (
    const end = Date.now() + 30 * 60_000;
    Date.now() < end;
    await new Promise((go) => setTimeout(go, 50))
  ) {
    const [row] = await db.query<{ done: boolean }>('select is_completed as done from recipe where id = $1', [
      recipe,
    ]);
    if (row!.done) return;
  }
  throw new Error(`The recipe ${recipe} did not complete`);
}

async function timed<Value>(work: () => Promise<Value>): Promise<{ value: Value; ms: number }> {
  const start = performance.now();
  const value = await work();
  return { value, ms: performance.now() - start };
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
