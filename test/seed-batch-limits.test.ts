import { describe, expect, it } from '@jest/globals';
import { mkdir, readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import type { BatchDocument } from '../seed-schema/index.ts';
import { writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { testInstallation } from './support/cli.ts';

const opened = testInstallation();

/**
 * Leaves when it began and ended, by the machine's clock. The first ones wait for as many as its
 * file says: so many run at once, or it hangs.
 */
const overlapping = {
  name: 'overlapping',
  timeout: 60,
  files: [{ name: 'IN' }],
  mounts: [{ name: 'MARKS', path: '/marks', mode: 'rw' }],
  outputs: [{ name: 'OUT', pattern: 'times' }],
  resources: { cpus: 0.1, mem: 16 },
  script: [
    'now() { cut -d" " -f1 /proc/uptime; }',
    'now > $OUTPUT_DIR/times; mktemp /marks/XXXXXX',
    'while [ $(ls /marks | wc -l) -lt $(cat $IN) ]; do sleep 0.05; done',
    'sleep 0.3; now >> $OUTPUT_DIR/times',
  ].join('\n'),
};

const rows = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Of the machine, for each row: two fit, and three do not. */
const share = 0.4;

/** How many rows ran at once at most, as they themselves say. @param least so many are to run at once */
async function mostAtOnce(least: number, ...args: string[]): Promise<number> {
  const seedbed = await opened;
  const root = await seedbed.directory();
  await writeFiles(root, Object.fromEntries(rows.map((row) => [`in/${row}`, `${least}`])));
  await mkdir(path.join(root, 'marks'));
  const { exit, stderr } = await seedbed.run(
    [
      ...['batch', '-in', await jobImage(overlapping), '-d', 'in', '-o', 'out', '-m', 'MARKS=marks'],
      ...['--pull', 'never', ...args],
    ],
    // Slots are not what limits them here.
    { cwd: root, env: { SEED_SLOTS: '8' } },
  );
  expect([exit, stderr]).toEqual([0, expect.anything()]);
  const results = JSON.parse(await readFile(path.join(root, 'out/results.json'), 'utf8')) as BatchDocument;
  const spans = await Promise.all(
    results.rows.map(async ({ directory }) =>
      (await readFile(path.join(directory!, 'times'), 'utf8')).trim().split('\n').map(Number),
    ),
  );
  expect(spans).toHaveLength(rows.length);
  return Math.max(
    ...spans.map(([began]) => spans.filter(([from, to]) => from! <= began! && began! < to!).length),
  );
}

describe('the rows of a batch', () => {
  it('run as many at once as the CPUs hold, and no more', async () => {
    expect(await mostAtOnce(2, '--resource', `cpus=${cpus().length * share}`)).toBe(2);
  });

  it('run as many at once as the memory holds, and no more', async () => {
    expect(await mostAtOnce(2, '--resource', `mem=${Math.floor((totalmem() / 2 ** 20) * share)}`)).toBe(2);
  });

  it('run at once where nothing is short', async () => {
    expect(await mostAtOnce(3)).toBeGreaterThanOrEqual(3);
  });
});
