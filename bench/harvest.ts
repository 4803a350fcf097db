import path from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../runtime/database/index.ts';
import { testHome } from '../test/support/database.ts';
import { cases } from './harvest/cases.ts';
import { report } from './harvest/report.ts';
import { runCase } from './harvest/run-case.ts';
import { runBench } from './support/bench.ts';

const options = {
  rounds: { type: 'string', default: '3' },
  files: { type: 'string', default: '10000' },
  'output-mib': { type: 'string', default: '2048' },
  'input-mib': { type: 'string', default: '10240' },
  only: { type: 'string' },
} as const;

/**
 * What a job's files cost the whole command, in time and in memory of its process, beside what bare tools take for the
 * same bytes.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const sizes = {
    files: Number(values.files),
    outputMiB: Number(values['output-mib']),
    inputMiB: Number(values['input-mib']),
  };
  const rounds = Math.max(1, Number(values.rounds));
  return runBench(async (bench) => {
    const { home, remove } = await testHome();
    bench.ending.undo(remove);
    // The first start of all makes the database, which takes a second.
    await (await connect({ home, databaseUrl: undefined })).close();
    const command = { dist: path.join(root, 'dist'), home };
    for (const [name, make] of Object.entries(cases)) {
      if (values.only !== undefined && values.only !== name) continue;
      const one = await make(bench, sizes);
      const measured = await runCase(bench, command, one, rounds);
      console.log(`\n## ${one.title}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}\n\n${report(measured)}`);
    }
    return 0;
  });
}
