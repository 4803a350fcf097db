import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../runtime/database/index.ts';
import { copyRows } from './batch-intake/copy-rows.ts';
import { dryRunBench } from './batch-intake/dry-run.ts';
import { created, intakeType } from './batch-intake/recipes.ts';
import { startServe } from './batch-intake/serve.ts';
import { peakOf } from './harvest/memory-notes.ts';
import { benchServer } from './scheduler/server.ts';
import { runBench } from './support/bench.ts';
import { timeProgram } from './support/child.ts';
import { table } from './support/table.ts';

const options = {
  rows: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  /** Of a dry run. */
  rounds: { type: 'string', default: '1' },
  /** Of a dry run: a directory for CPU profiles. */
  'cpu-prof': { type: 'string' },
  strict: { type: 'boolean', default: false },
} as const;

/**
 * Rows of a CSV file that become queued recipes of one job: `seed batch add` against `seed serve`, each a process of its own, and
 * then `finalize` until the last recipe is there; beside COPY of the same file into a table with the same unique key.
 * `--dry-run` measures what a dry run of a million single jobs takes instead. `--strict` has the service judge all rows before the first is sent.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const isDry = values['dry-run'];
  const rows = Math.max(1, Math.trunc(Number(values.rows ?? (isDry ? 1_000_000 : 100_000))));
  return runBench(async (bench) => {
    if (isDry) {
      const rounds = Math.max(1, Math.trunc(Number(values.rounds)));
      return dryRunBench(bench, root, { rows, rounds, profile: values['cpu-prof'] });
    }
    const { signal } = bench.ending;
    const server = await benchServer(bench);
    const databaseUrl = await server.database('intake');
    const db = await connect({ home: bench.directory, databaseUrl });
    bench.ending.undo(() => db.close());
    const scene = await intakeType(db);
    const csv = path.join(bench.directory, 'rows.csv');
    await writeFile(csv, csvOf(rows, scene));
    const yaml = path.join(bench.directory, 'batch.yaml');
    await writeFile(yaml, 'recipe_type: intake\nbatches: [{ name: bench }]\n');

    const bare = await copyRows(databaseUrl, csv);
    const serve = await startServe(bench, path.join(root, 'dist'), databaseUrl);
    const seed = (...words: string[]) =>
      timeProgram(process.execPath, [path.join(root, 'dist/seed.js'), ...words], { env: serve.env, signal });
    await seed('batch', 'create', yaml);
    await server.settle();
    const notes = path.join(bench.directory, 'memory.json');
    const added = await timeProgram(
      process.execPath,
      [
        ...['--import', path.join(root, '.cache/bench/memory.js')],
        ...[path.join(root, 'dist/seed.js'), 'batch', 'add', 'bench', '--csv', csv, '-q'],
        ...(values.strict ? ['--strict'] : []),
      ],
      { env: { ...serve.env, SEEDBED_BENCH_MEMORY: notes }, signal },
    );
    const origin = performance.now();
    await seed('batch', 'finalize', 'bench');
    await created(db, rows, signal);
    const creation = performance.now() - origin;

    const line = (name: string, ms: number) => [
      name,
      (ms / 1000).toFixed(2),
      Math.round((rows * 1000) / ms).toLocaleString('en'),
      `${(bare / ms).toFixed(3)} × COPY`,
    ];
    console.log(`\n## ${rows.toLocaleString('en')} rows of a CSV file into recipes\n`);
    console.log(
      `${table(
        ['', 's', 'rows/s', 'ratio'],
        [
          line('COPY of the same rows', bare),
          line(`seed batch add${values.strict ? ' --strict' : ''}: staged tasks`, added.ms),
          line('finalized: queued recipes', creation),
          line('both', added.ms + creation),
        ],
      )}\n`,
    );
    const memory = [
      ['seed batch add', ...(await peakOf(notes)).map((mib) => mib.toFixed(0))],
      ['seed serve', ...(await serve.memory()).map((mib) => mib.toFixed(0))],
    ];
    console.log(`${table(['memory, MiB', 'at first', 'at most'], memory)}\n`);
    return 0;
  });
}

function* csvOf(rows: number, scene: number): Generator<string> {
  yield 'unique_id,SCENE,N\n';
  for (let n = 1; n <= rows; n++) yield `row-${n},${scene},${n}\n`;
}
