import { parseArgs } from 'node:util';
import { benchEngine, makeSubject, type Subject } from './overhead/subject.ts';
import { bareJobs } from './throughput/bare-jobs.ts';
import { ratesTable } from './throughput/report.ts';
import { openService } from './throughput/service.ts';
import { runBench } from './support/bench.ts';
import { alternate, type Lane } from './support/lanes.ts';

const options = {
  rounds: { type: 'string', default: '5' },
  jobs: { type: 'string', default: '40' },
  concurrency: { type: 'string', default: '3,4,6' },
} as const;

/**
 * How many trivial containers a second go through the whole service (REST, queue, placement, limits, logs, harvest), against
 * the library alone at its best concurrency.
 * @returns the exit code
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const [rounds, jobs] = [Math.max(1, Number(values.rounds)), Math.max(1, Number(values.jobs))];
  const concurrencies = values.concurrency.split(',').map(Number);
  return runBench(async (bench) => {
    const { engine, config } = await benchEngine(bench);
    // So few cores that what fits is decided by the number of jobs at once, as in the bare loops.
    const subject = await makeSubject(bench, engine, config, { name: 'true', command: 'true', cpus: 0.25 });
    const lanes: Lane[] = [];
    for (const concurrency of concurrencies) lanes.push(...(await lanesOf(subject, jobs, concurrency)));
    const { totals } = await alternate(lanes, rounds, bench.ending.signal);
    console.log(`\n## ${jobs} jobs at once in the queue: ${rounds} round${rounds === 1 ? '' : 's'}\n`);
    console.log(
      'A: dockerode create, attach, start, wait, remove; network none. B: the same in prepared networks.\n',
    );
    console.log(ratesTable(totals, jobs, concurrencies));
    return 0;
  });
}

async function lanesOf(subject: Subject, jobs: number, concurrency: number): Promise<Lane[]> {
  return [
    await bareJobs('A', subject, jobs, concurrency),
    await bareJobs('B', subject, jobs, concurrency),
    await openService('service', subject, jobs, concurrency),
  ];
}
