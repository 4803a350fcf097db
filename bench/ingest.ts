import { parseArgs } from 'node:util';
import { bulkPart } from './ingest/bulk.ts';
import { runBench } from './support/bench.ts';

const options = {
  files: { type: 'string', default: '100000' },
  rounds: { type: 'string', default: '3' },
} as const;

/**
 * How many files a second the catalogue takes.
 * @returns the exit code
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const files = Math.max(1, Number(values.files));
  const rounds = Math.max(1, Number(values.rounds));
  return runBench(async (bench) => {
    await bulkPart(bench, files, rounds);
    return 0;
  });
}
