/** `npm run test:faults -- [--seed N] [--jobs N] [--minutes N]`: see CONTRIBUTING.md. */
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { canStartPrivateEngine } from '../support/engine-private.ts';
import { runFaults } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    jobs: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '20' },
  },
});
const [seed, jobs, minutes] = [values.seed, values.jobs, values.minutes].map(Number) as [
  number,
  number,
  number,
];
if (![seed, jobs, minutes].every(Number.isFinite))
  throw new Error('--seed, --jobs and --minutes are numbers');
if (!canStartPrivateEngine) throw new Error('A second Docker daemon needs root, on Linux, and dockerd');

console.log(`seed ${seed}`);
const { problems, log } = await runFaults({ seed, jobs, minutes, say: (line) => console.log(line) });
for (const problem of problems) console.log(`PROBLEM  ${problem}`);
if (problems.length > 0) {
  const file = `.cache/faults/${seed}.log`;
  await mkdir('.cache/faults', { recursive: true });
  await writeFile(file, log);
  console.log(`${problems.length} problems with seed ${seed}; what the runtimes logged is in ${file}`);
}
process.exit(problems.length > 0 ? 1 : 0);
