import { parseArgs } from 'node:util';
import { bulkPart } from './ingest/bulk.ts';
import { strikePart } from './ingest/strike.ts';
import { runBench } from './support/bench.ts';

const options = {
  /** That are registered in bulk; 0: leaves that part out, as does 0 `arrivals` the other one. */
  files: { type: 'string', default: '100000' },
  rounds: { type: 'string', default: '3' },
  /** That a strike takes. */
  arrivals: { type: 'string', default: '20000' },
} as const;

/**
 * How many files a second the catalogue takes.
 * @returns the exit code
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const [files, arrivals] = [Number(values.files), Number(values.arrivals)];
  const rounds = Math.max(1, Number(values.rounds));
  return runBench(async (bench) => {
    if (files > 0) await bulkPart(bench, files, rounds);
    if (arrivals > 0) await strikePart(bench, arrivals);
    return 0;
  });
}
