import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CopyingRunner } from '../../../test/support/batch-runner.ts';
import { tree, writeFiles } from '../../../test/support/cli-files.ts';
import { jobImage } from '../../../test/support/cli-jobs.ts';
import { temporaryDirectory } from '../../../test/support/database-server.ts';
import { type BatchDocument, batchValidator } from '../../../seed-schema/index.ts';
import { createEngine } from '../../engine/index.ts';
import type { BatchOptions } from './options.ts';
import { prepareBatch, type PreparedBatch } from './prepare.ts';
import { type RunnerStart, seedBatch } from './seed-batch.ts';

/** The command on a real engine; only what runs the rows is the tests' own. */
let root: string;
let image: string;
let printed: { stdout: string; stderr: string };
const { SEED_HOME: homeBefore } = process.env;

beforeAll(async () => {
  const resources = { mem: 64 };
  const scalar = [
    { name: 'cpus', value: 1 },
    { name: 'mem', value: resources.mem, inputMultiplier: 1e9 },
    { name: 'disk', value: 0 },
  ];
  image = await jobImage({
    files: [{ name: 'IN' }],
    json: [{ name: 'N', type: 'integer', required: false }],
    settings: [{ name: 'PLAIN' }, { name: 'HIDDEN', secret: true }],
    mounts: [{ name: 'DATA', path: '/data' }],
    scalar,
  });
});

beforeEach(async () => {
  root = await writeFiles(await temporaryDirectory(), {
    'in/a': '',
    'in/b': '',
    'in/.hidden': '',
    big: 'x'.repeat(100_000),
  });
  process.env.SEED_HOME = path.join(root, 'home');
  printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += stripVTControlCharacters(String(text)); // in colour under CI and on terminals
      return true;
    });
});

afterEach(async () => {
  jest.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

afterAll(() => {
  if (homeBefore === undefined) delete process.env.SEED_HOME;
  else process.env.SEED_HOME = homeBefore;
});

const secret = 'not-to-be-stored';

async function run(options: Partial<BatchOptions>) {
  const starts: (RunnerStart & { prepared: PreparedBatch })[] = [];
  const runner = new CopyingRunner();
  const exit = await seedBatch(
    undefined,
    {
      ...{
        imageName: image,
        setting: ['PLAIN=1', `HIDDEN=${secret}`],
        mount: [`DATA=${root}`],
        resource: [],
      },
      ...{ outDir: path.join(root, 'out'), network: 'none', pull: 'never', format: 'text', ...options },
    },
    (config) => {
      const engine = createEngine(config);
      let prepared: PreparedBatch | undefined;
      return {
        prepare: async (name, given, progress) =>
          (prepared = await prepareBatch(name, given, { engine, config, progress })),
        open: async (start) => {
          starts.push({ ...start, prepared: prepared! });
          return runner;
        },
        close: async () => (await engine).close(),
      };
    },
  );
  return { exit, starts, runner };
}

const results = async () =>
  JSON.parse(await readFile(path.join(root, 'out/results.json'), 'utf8')) as BatchDocument;

async function csv(...lines: string[]): Promise<string> {
  await writeFiles(root, { 'batch.csv': `${lines.join('\n')}\n` });
  return path.join(root, 'batch.csv');
}

describe('seed batch', () => {
  it('runs each file of a directory', async () => {
    const { exit, starts } = await run({ directory: path.join(root, 'in') });
    expect([exit, starts[0]?.prepared.image.tags]).toEqual([0, expect.arrayContaining([image])]);
    expect(await tree(path.join(root, 'out'))).toEqual(
      [
        '.seedbed-batch.jsonl',
        'a/',
        'a/copy',
        'a/done',
        'b/',
        'b/copy',
        'b/done',
        'results.csv',
        'results.json',
      ].sort(),
    );
    expect(await results()).toMatchObject({
      ...{ status: 'completed', total: 2, completed: 2, image },
      warnings: [{ name: 'left-out', description: '1 hidden file was left out.' }],
    });
    expect(printed.stdout).toMatch(/✔ test-job 1\.0\.0 2 of 2 rows completed/);
  });

  it('ends with 1 and a table when rows did not complete, also for want of memory', async () => {
    const batch = await csv('n,IN', `1,${root}/in/a`, `x,${root}/in/b`, `,${root}/big`, `4,${root}/none`);
    const { exit, runner } = await run({ batch, quiet: true });
    expect([exit, runner.ran.length, printed.stdout]).toEqual([1, 1, '']);
    const shown = (await results()).rows.map(({ row, column, error }) => [row, column, error?.name ?? null]);
    expect(shown).toEqual([
      [1, null, null],
      [2, 'N', 'invalid-json-input'],
      [3, null, 'resource-unavailable'],
      [4, 'IN', 'input-not-found'],
    ]);
    expect(printed.stderr).toMatch(/^2 +3 +rejected +N +SB1011 invalid-json-input/m);
  });

  it('prints its document, which its file holds too', async () => {
    const { exit } = await run({ directory: path.join(root, 'in'), format: 'json' });
    const document = JSON.parse(printed.stdout) as BatchDocument;
    expect([exit, batchValidator.problems(document), printed.stderr]).toEqual([0, [], '']);
    expect(document).toEqual(await results());
  });

  it.each<[string, () => Promise<Partial<BatchOptions>>, string]>([
    ['a wrong heading', async () => ({ batch: await csv('OTHER', 'x') }), 'batch-heading-invalid'],
    ['a directory without a name', async () => ({ directory: '' }), 'batch-directory-unreadable'],
    ['no directory', async () => ({ directory: path.join(root, 'nowhere') }), 'batch-directory-unreadable'],
    ['a missing mount', async () => ({ mount: [] }), 'missing-mount'],
    ['a setting that is not there', async () => ({ setting: ['X=1'] }), 'unknown-name'],
  ])('refuses %s as a whole, and makes nothing', async (_, options, error) => {
    await expect(run(await options())).rejects.toMatchObject({ error, exit: 2 });
    expect((await run({ ...(await options()), format: 'json' })).exit).toBe(2);
    const document = JSON.parse(printed.stdout) as BatchDocument;
    expect(batchValidator.problems(document)).toEqual([]);
    expect(document).toMatchObject({ status: 'rejected', error: { name: error }, rows: [] });
    expect(await tree(root)).not.toContain('out/');
  });

  it('is resumed under the number that it had, and only as it was begun', async () => {
    const directory = path.join(root, 'in');
    const first = await run({ directory });
    await writeFiles(root, { 'in/0': 'new' });
    const second = await run({ directory, resume: true });
    expect([second.exit, second.runner.ran.length, second.starts[0]?.batch]).toEqual([
      0,
      1,
      first.starts[0]?.batch,
    ]);
    expect((await results()).rows.map(({ row, directory: where }) => [row, path.basename(where!)])).toEqual([
      [1, '0'],
      [2, 'a'],
      [3, 'b'],
    ]);
    const setting = ['PLAIN=2', `HIDDEN=${secret}`];
    await expect(run({ directory, resume: true, setting })).rejects.toMatchObject({ error: 'batch-differs' });
    const another = ['PLAIN=1', 'HIDDEN=another'];
    expect((await run({ directory, resume: true, setting: another })).exit).toBe(0);
  });

  it('keeps no secret', async () => {
    await run({ directory: path.join(root, 'in') });
    for (const name of ['.seedbed-batch.jsonl', 'results.json', 'results.csv'])
      expect(await readFile(path.join(root, 'out', name), 'utf8')).not.toContain(secret);
  });

  it('takes the batch file where a directory is given too, and says so', async () => {
    const { runner } = await run({
      batch: await csv('IN', `${root}/in/a`),
      directory: path.join(root, 'in'),
    });
    expect(runner.ran).toHaveLength(1);
    expect(printed.stdout).toContain('unused-directory');
  });

  it('has nothing to do in an empty directory', async () => {
    const { exit } = await run({ directory: path.join(await writeFiles(root, { 'e/.x': '' }), 'e') });
    expect([exit, (await results()).rows]).toEqual([0, []]);
  });
});
