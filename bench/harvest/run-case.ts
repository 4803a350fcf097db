import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ResultDocument } from '../../seed-schema/index.ts';
import type { Bench } from '../support/bench.ts';
import { timeProgram } from '../support/child.ts';
import { Samples } from '../support/statistics.ts';
import type { Case } from './cases.ts';
import { peakOf } from './memory-notes.ts';

/** The steps from the end of the job on. */
export const afterTheJob = 'after the job';
const stepsAfter = new Set<string>(['harvest', 'sidecars', 'complete']);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** What the rounds of a case have come to. */
export interface Measured {
  /** By step, and `whole command`; milliseconds. */
  readonly ours: Samples;
  /** By the step that each stands beside; milliseconds. */
  readonly yardsticks: Samples;
  /** Memory of the command's process: before our first module, and what it had more at its highest; MiB. */
  readonly start: number;
  readonly growth: number;
  /** For `afterTheJob`, ms. */
  readonly budget: number | undefined;
}

/** Runs `seed-run` in a process of its own, and after it the yardsticks, over the same bytes. */
export async function runCase(
  { ending, directory }: Bench,
  { dist, home }: { readonly dist: string; readonly home: string },
  one: Case,
  rounds: number,
): Promise<Measured> {
  const { signal } = ending;
  const ours = new Samples();
  const yardsticks = new Samples();
  const memory = { start: 0, growth: 0 };
  for (let round = 1; round <= rounds; round++) {
    const output = path.join(directory, `${one.name}-${round}`);
    const notes = `${output}.memory.json`;
    const { ms, stdout } = await timeProgram(
      process.execPath,
      [
        ...['--import', new URL('memory.js', import.meta.url).href],
        ...[path.join(dist, 'seed-run.js'), one.image, '-o', output, '--format', 'json', ...one.args],
      ],
      { env: { SEED_HOME: home, DATABASE_URL: '', SEEDBED_BENCH_MEMORY: notes }, signal },
    );
    const document = JSON.parse(stdout) as ResultDocument;
    one.check(document);
    for (const { name, ms: took } of document.steps) ours.add(name, took);
    ours.add('whole command', ms);
    ours.add(
      afterTheJob,
      sum(document.steps.filter(({ name }) => stepsAfter.has(name)).map((step) => step.ms)),
    );
    const [start, peak] = await peakOf(notes);
    memory.start = Math.max(memory.start, start);
    memory.growth = Math.max(memory.growth, peak - start);
    for (const { beside, before, command } of one.yardsticks(output)) {
      if (before) await timeProgram('sh', ['-c', before], { signal });
      yardsticks.add(beside, (await timeProgram('sh', ['-c', command], { signal })).ms);
    }
    await rm(output, { recursive: true });
  }
  return { ours, yardsticks, budget: one.budget, ...memory };
}
