import path from 'node:path';
import { connect } from '../../runtime/database/index.ts';
import { benchServer } from '../scheduler/server.ts';
import type { Bench } from '../support/bench.ts';
import { timeProgram } from '../support/child.ts';
import { table } from '../support/table.ts';
import type { DryRunNotes } from './dry-run-process.ts';
import { fillDryRun } from './fill-dry-run.ts';

/** Seconds for a million single jobs. */
const budget = 60;

export interface DryRunOptions {
  /** Single jobs of the batch. */
  readonly rows: number;
  readonly rounds: number;
  /** Directory for CPU profiles of each round. */
  readonly profile?: string | undefined;
}

/** `whole` of a dry run over single jobs, of which half have been done before; each round is a process of its own. */
export async function dryRunBench(
  bench: Bench,
  root: string,
  { rows, rounds, profile }: DryRunOptions,
): Promise<0> {
  const server = await benchServer(bench);
  const databaseUrl = await server.database('dry_run');
  const db = await connect({ home: bench.directory, databaseUrl });
  bench.ending.undo(() => db.close());
  const origin = performance.now();
  const batch = await fillDryRun(db, bench.directory, rows, bench.ending.signal);
  await server.settle();
  console.log(`Filled in ${((performance.now() - origin) / 1000).toFixed(0)} s.\n`);

  const lines: string[][] = [];
  for (let round = 1; round <= rounds; round++) {
    const { stdout } = await timeProgram(
      process.execPath,
      [
        ...(profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile]),
        path.join(root, '.cache/bench/dry-run-process.js'),
        ...[databaseUrl, bench.directory, `${batch}`],
      ],
      { signal: bench.ending.signal },
    );
    const told = JSON.parse(stdout) as DryRunNotes;
    if (told.members !== rows || told.reuse !== Math.floor(rows / 2) || told.run !== Math.ceil(rows / 2))
      throw new Error(`${rows} jobs, half of them done before, are told of as ${stdout}`);
    const share = (budget * rows) / 1_000_000;
    lines.push([
      `round ${round}`,
      (told.ms / 1000).toFixed(1),
      ((told.cpuMs * 1000) / rows).toFixed(1),
      ...[told.start, told.peak].map((mib) => mib.toFixed(0)),
      `≤ ${share.toFixed(share < 10 ? 1 : 0)} s ${told.ms / 1000 <= share ? '✔' : '✘'}`,
    ]);
  }
  console.log(
    `## Dry run of a batch of ${rows.toLocaleString('en')} single jobs, half of them done before\n`,
  );
  const heads = ['', 's', 'µs of processor time each', 'memory at first, MiB', 'at most, MiB', 'budget'];
  console.log(`${table(heads, lines)}\n`);
  return 0;
}
