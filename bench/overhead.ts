import path from 'node:path';
import { parseArgs } from 'node:util';
import { testHome } from '../test/support/database.ts';
import { bareLoop } from './overhead/bare-loop.ts';
import { dockerRun } from './overhead/docker-run.ts';
import { executionRoom } from './overhead/execution-room.ts';
import { probes, serverEnded } from './overhead/probes.ts';
import { stepsTables, totalsTable } from './overhead/report.ts';
import { sameContainer } from './overhead/same-container.ts';
import { benchEngine, makeSubject, type Subject } from './overhead/subject.ts';
import { seedRun } from './overhead/whole-command.ts';
import { type Bench, runBench } from './support/bench.ts';
import type { BenchJob } from './support/image.ts';
import { alternate } from './support/lanes.ts';

const jobs: readonly BenchJob[] = [
  { name: 'true', command: 'true' },
  {
    name: 'output',
    command: `sh -c 'echo done > "$OUTPUT_DIR/product.txt"'`,
    outputs: [{ name: 'PRODUCT', pattern: '*.txt', required: true }],
  },
];

/**
 * What Seedbed adds to a container: one job through the execution room against the library alone, and the whole command
 * against Docker's own.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string', default: '25' } } });
  const rounds = Math.max(1, Number(values.rounds));
  return runBench(async (bench) => {
    const { engine, config } = await benchEngine(bench);
    const subjects = [];
    for (const job of jobs) subjects.push(await makeSubject(bench, engine, config, job));
    for (const subject of subjects) await measureRoom(subject, rounds);
    for (const subject of subjects) await measureCommand(subject, path.join(root, 'dist'), rounds);
    return 0;
  });
}

async function measureRoom(subject: Subject, rounds: number): Promise<void> {
  const { engine, bench } = subject;
  const networks = engine.prepareNetworks(bench.installation, 'bench');
  try {
    const holder = await networks.acquire();
    const lanes = [
      await bareLoop('A', subject, 'none'),
      executionRoom('execution room', subject),
      await bareLoop('B', subject, holder.network),
      executionRoom('execution room, prepared network', subject, networks),
    ];
    const timed = await alternate(lanes, rounds, bench.ending.signal);
    const budgets = [
      { lane: 'execution room', yardstick: 'A', allowed: 25 },
      { lane: 'execution room, prepared network', yardstick: 'B', allowed: 25 },
    ];
    heading(`One job, ${subject.request.manifest.job.name}: ${rounds} rounds`);
    console.log(
      'A: dockerode create, attach, start, wait, remove; network none. B: the same in a prepared network.\n',
    );
    console.log(`${totalsTable(timed, budgets)}\n\n${stepsTables(timed)}`);
  } finally {
    await networks.close();
  }
}

async function measureCommand(subject: Subject, dist: string, rounds: number): Promise<void> {
  const { home, remove } = await catalogue(subject.bench);
  const command = { dist, home };
  const lanes = [
    dockerRun('docker run', (await sameContainer(subject, 'none'))(), subject.bench.ending.signal),
    seedRun('seed-run', subject, command, false),
    seedRun('seed-run, database running', subject, command, true),
    ...probes(subject, command),
  ];
  for (const lane of lanes) {
    const { run } = lane;
    lane.run = async () => {
      await serverEnded(home);
      return run();
    };
  }
  const timed = await alternate(lanes, rounds, subject.bench.ending.signal);
  const budgets = [
    { lane: 'seed-run', yardstick: 'docker run', allowed: 350 },
    { lane: 'seed-run, database running', yardstick: 'docker run', allowed: 350 },
  ];
  heading(`The whole command, ${subject.request.manifest.job.name}: ${rounds} rounds`);
  console.log(`${totalsTable(timed, budgets)}\n\n${stepsTables(timed)}`);
  await remove();
}

/** A SEED_HOME for the commands; the first run of all, the warm-up, makes its database. */
async function catalogue({ ending }: Bench): Promise<{ home: string; remove(): Promise<void> }> {
  const { home, remove } = await testHome();
  let removed: Promise<void> | undefined;
  const once = () => (removed ??= remove());
  ending.undo(once);
  return { home, remove: once };
}

function heading(text: string): void {
  console.log(`\n## ${text}\n`);
}
