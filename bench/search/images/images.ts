import path from 'node:path';
import { parseArgs } from 'node:util';
import { bareRequests } from './bare-requests.ts';
import { commandLane, findLane } from './searches.ts';
import { seedRegistry } from './seed-registry.ts';
import { runBench } from '../../support/bench.ts';
import { alternate } from '../../support/lanes.ts';
import { mark, ms, table } from '../../support/table.ts';

const options = {
  images: { type: 'boolean', default: true },
  rounds: { type: 'string', default: '10' },
  repositories: { type: 'string', default: '500' },
} as const;

const yardstick = 'bare requests';
const first = 'seed search, whole command';
const again = 'seed search, again';
/** Milliseconds for the whole command, with 500 repositories. */
const budget = 2000;

/**
 * What a search through a whole registry takes, beside the requests that it cannot do without.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function benchImages(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const rounds = Math.max(1, Number(values.rounds));
  const count = Math.max(1, Number(values.repositories));
  return runBench(async (bench) => {
    const registry = await seedRegistry(bench, count);
    const dist = path.join(root, 'dist');
    const lanes = [
      await bareRequests(yardstick, registry, bench),
      findLane('findSeedImages', registry),
      commandLane(first, registry, bench, { dist, isFirst: true }),
      commandLane(again, registry, bench, { dist, isFirst: false }),
    ];
    const { totals } = await alternate(lanes, rounds, bench.ending.signal);
    const rows = totals.names.map((name) => {
      const p50 = totals.p50(name);
      const isCommand = name === first || name === again;
      return [
        name,
        ms(p50),
        ms(totals.p95(name)),
        name === yardstick ? '' : `${(p50 / totals.p50(yardstick)).toFixed(2)} × ${yardstick}`,
        isCommand ? `≤ ${budget} ${mark(p50 <= budget)}` : '',
      ];
    });
    console.log(`\n## ${count} repositories: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}\n`);
    console.log(table(['ms', 'p50', 'p95', 'ratio', 'budget'], rows));
    return 0;
  });
}
