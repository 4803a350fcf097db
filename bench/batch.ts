import { mkdir, stat, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { testHome } from '../test/support/database.ts';
import { bareRows, bareRowsAndNetworks } from './batch/bare-rows.ts';
import { batchTable } from './batch/report.ts';
import { seedBatch } from './batch/seed-batch.ts';
import { benchEngine, makeSubject, type Subject } from './overhead/subject.ts';
import { type Bench, runBench } from './support/bench.ts';
import { alternate } from './support/lanes.ts';

const options = {
  rows: { type: 'string', default: '20,200' },
  rounds: { type: 'string', default: '5' },
  jobs: { type: 'string', default: `${2 * cpus().length}` },
} as const;

/** Little enough that so many of them fit at once. */
const job = { name: 'row', command: 'true', inputs: [{ name: 'IN' }], cpus: 0.25 };

/**
 * What `seed batch` adds to its containers: the whole command against the library alone, at the same concurrency.
 * @param root the checkout, with `dist/`
 * @returns the exit code
 */
export async function bench(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  const [rounds, atOnce] = [values.rounds, values.jobs].map((text) => Math.max(1, Math.trunc(Number(text))));
  const counts = values.rows.split(',').map((count) => Math.max(1, Math.trunc(Number(count))));
  return runBench(async (bench) => {
    const { engine, config } = await benchEngine(bench);
    const subject = await makeSubject(bench, engine, config, job);
    const { home, remove } = await testHome();
    bench.ending.undo(remove);
    const networks = engine.prepareNetworks(bench.installation, 'bench');
    try {
      const holders = [];
      for (let count = 0; count < atOnce!; count++) holders.push((await networks.acquire()).network);
      for (const rows of counts) {
        const directory = await inputs(bench, rows);
        const bare = await withInput(subject, directory);
        const lanes = [
          await bareRows('B', bare, { rows, atOnce: atOnce!, networks: holders }),
          bareRowsAndNetworks('B, networks made', bare, { rows, atOnce: atOnce! }),
          seedBatch(
            'seed batch',
            subject,
            { dist: path.join(root, 'dist'), home },
            { directory, atOnce: atOnce! },
          ),
        ];
        const timed = await alternate(lanes, rounds!, bench.ending.signal);
        console.log(`\n## ${rows} rows, ${atOnce} at once: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}\n`);
        if (rows === counts[0])
          console.log('B: dockerode create, attach, start, wait, remove; each loop in a prepared network.\n');
        console.log(batchTable(timed, ['B', 'B, networks made'], 'seed batch'));
      }
    } finally {
      await networks.close();
    }
    return 0;
  });
}

async function inputs({ directory }: Bench, rows: number): Promise<string> {
  const made = path.join(directory, `inputs-${rows}`);
  await mkdir(made);
  for (let row = 0; row < rows; row++) await writeFile(path.join(made, `${row}.txt`), `${row}\n`);
  return made;
}

/** The yardstick's containers mount a file, too. */
async function withInput(subject: Subject, directory: string): Promise<Subject> {
  const file = path.join(directory, '0.txt');
  const { size, mode } = await stat(file);
  const delivered = { path: file, size, mode: mode & 0o777, deliveredName: '0.txt' };
  return { ...subject, request: { ...subject.request, files: new Map([['IN', [delivered]]]) } };
}
