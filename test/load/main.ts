import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { endOf, runJobs } from './jobs.ts';
import { pressure } from './pressure.ts';
import { loadWorld, type LoadWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '200' },
    rate: { type: 'string', default: '100' },
    /** Pairs of a time without the load and one with it. */
    rounds: { type: 'string', default: '5' },
    /** Of each of them. */
    seconds: { type: 'string', default: '8' },
    slower: { type: 'string', default: '1.10' },
  },
});
const [connections, rate, rounds, seconds, slower] = [
  Number(values.connections),
  Number(values.rate),
  Math.max(1, Number(values.rounds)),
  Number(values.seconds),
  Number(values.slower),
];

const kinds = ['simulated', 'real'] as const;
type Took = Record<(typeof kinds)[number], number[]>;

const quantile = (numbers: readonly number[], share: number) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length * share)] ?? NaN;
const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

async function measured({ jobs, types }: LoadWorld, ms: number): Promise<Took> {
  const until = performance.now() + ms;
  const isOver = () => performance.now() > until;
  const [simulated, real] = await Promise.all([
    runJobs(jobs, types.simulated, 4, isOver),
    runJobs(jobs, types.real, 1, isOver),
  ]);
  return { simulated, real };
}

async function main(): Promise<number> {
  const world = await loadWorld();
  try {
    const load = world.connections(connections);
    const [took, errors]: [number[], string[]] = [[], []];
    const alone = () => measured(world, seconds * 1000);
    const underLoad = async () => {
      const pressing = pressure(load, { rate, seconds, jobType: world.types.simulated });
      const [jobs, done] = await Promise.all([measured(world, seconds * 1000), pressing]);
      took.push(...done.took);
      errors.push(...done.errors);
      for (const id of done.submitted) await endOf(world.jobs, id); // the next time begins with an empty queue
      return jobs;
    };
    await measured(world, 2000); // images and statements are known from now on
    const pairs: { before: Took; during: Took }[] = [];
    // Whatever else the machine does changes slowly: it is in both halves of a pair, of which each comes first in turn.
    for (let round = 0; round < rounds; round++) {
      if (round % 2 === 0) {
        const before = await alone();
        pairs.push({ before, during: await underLoad() });
      } else {
        const during = await underLoad();
        pairs.push({ before: await alone(), during });
      }
    }

    console.log(`${cpus().length} cores, shared by service, database, jobs and this client`);
    console.log(
      `load: ${connections} connections, ${took.length} requests in ${rounds} × ${seconds} s, p95 ${Math.round(quantile(took, 0.95))} ms, ${errors.length} errors`,
    );
    for (const words of new Set(errors)) console.log(`  ${words}`);
    let worst = 0;
    for (const kind of kinds) {
      const ratios = pairs.map(({ before, during }) => median(during[kind]) / median(before[kind]));
      worst = Math.max(worst, median(ratios));
      const p50 = (half: 'before' | 'during') => median(pairs.flatMap((pair) => pair[half][kind]));
      const count = pairs.reduce(
        (sum, { before, during }) => sum + before[kind].length + during[kind].length,
        0,
      );
      console.log(
        `${kind} jobs: ${count}, p50 ${p50('before')} ms alone (the yardstick), ${p50('during')} ms under load; ratio ${median(ratios).toFixed(2)}, the median of ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}`,
      );
    }
    if (worst > slower) console.log(`jobs were slowed by more than ${Math.round((slower - 1) * 100)} %`);
    return errors.length > 0 || !(worst <= slower) ? 1 : 0;
  } finally {
    await world.close();
  }
}

process.exitCode = await main();
