import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RecipeResultDocument, recipeResultValidator } from '../seed-schema/index.ts';
import { tree, until, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { waitingImage, waitingJob } from './support/service-jobs.ts';

const samples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../sample-jobs');
const scene = path.join(samples, 'image-tiles/inputs/INPUT_IMAGE/olinda-landsat7.tif');
const photograph = path.join(samples, 'image-watermark/inputs/INPUT_IMAGE/sunset.png');
const opened = testInstallation();

interface RecipeRun extends Ended {
  readonly out: string;
  readonly document: RecipeResultDocument;
}

async function runRecipe(file: string, args: readonly string[], out?: string): Promise<RecipeRun> {
  const seedbed = await opened;
  const directory = out ?? path.join(await seedbed.directory(), 'out');
  const ended = await seedbed.run(['--recipe', file, ...args, '-o', directory, '--format', 'json']);
  const document: unknown = JSON.parse(ended.stdout);
  expect(recipeResultValidator.problems(document)).toEqual([]);
  return { ...ended, out: directory, document: document as RecipeResultDocument };
}

const sample = (name: string) => path.join(samples, 'recipes', `${name}.yaml`);
const statesOf = ({ nodes }: RecipeResultDocument) =>
  Object.fromEntries(nodes.map(({ node, state }) => [node, state]));

describe('the sample recipes', () => {
  it('footprint-then-watermark stamps a photograph of the area, and leaves the report out', async () => {
    const { exit, document, out } = await runRecipe(sample('footprint-then-watermark'), [
      '-i',
      `IMAGE=${photograph}`,
    ]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(statesOf(document)).toEqual({
      parse: 'COMPLETED',
      'is-wanted': 'COMPLETED',
      watermark: 'COMPLETED',
      report: 'SKIPPED',
    });
    expect(document.nodes.find(({ node }) => node === 'is-wanted')).toMatchObject({ accepted: true });
    expect(document.inputs.files.IMAGE).toMatchObject([{ path: photograph, geometry: { type: 'Point' } }]);
    expect(await tree(out)).toContain('watermark/sunset_watermark.png');
    const { outputs, directory } = document.nodes.find(({ node }) => node === 'watermark')!;
    expect(directory).toBe(path.join(out, 'watermark'));
    expect(outputs.files.OUTPUT_IMAGE).toMatchObject([
      { path: path.join(out, 'watermark/sunset_watermark.png') },
    ]);
  });

  it('footprint-then-watermark reports on any other image, with what the first node has found out', async () => {
    const other = path.join(samples, 'extract-footprint/more-inputs/olinda-landsat7-band4.tif');
    const { exit, document, out } = await runRecipe(sample('footprint-then-watermark'), [
      '-i',
      `IMAGE=${other}`,
    ]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(statesOf(document)).toMatchObject({ watermark: 'SKIPPED', report: 'COMPLETED' });
    const report = await readFile(path.join(out, 'report/olinda-landsat7-band4_report.txt'), 'utf8');
    expect(report).toMatch(/types {2}georeferenced\n/);
    expect(report).toMatch(/area {3}POLYGON/);
  });

  it('mosaic runs a job for each tile, and joins what they made in the order of the tiles', async () => {
    const { exit, document, out } = await runRecipe(sample('mosaic'), [
      ...['-i', `SCENE=${scene}`, '-j', 'TILE_SIZE=256'],
    ]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(document.nodes.map(({ node }) => node)).toEqual([
      'tiles',
      'invert',
      ...[0, 1, 2, 3].map((run) => `invert/${run}`),
      'join',
    ]);
    expect(
      document.nodes
        .filter(({ node }) => node.startsWith('invert/'))
        .map(({ outputs }) => outputs.files.INVERTED![0]!.file_name),
    ).toEqual(['000_000', '000_001', '001_000', '001_001'].map((place) => `olinda-landsat7_${place}.png`));
    expect(document.outputs.files.MOSAIC).toMatchObject([
      { path: path.join(out, 'join/olinda-landsat7_mosaic.png') },
    ]);
    expect(document.nodes.at(-1)!.outputs.json).toEqual({ TILE_COUNT: 4 });
  });

  it('mosaic-report has the mosaic as a part, and goes on with what that gives', async () => {
    const { exit, document, out } = await runRecipe(sample('mosaic-report'), ['-i', `SCENE=${scene}`]);
    expect([exit, document.error]).toEqual([0, null]);
    expect(statesOf(document)).toMatchObject({
      mosaic: 'COMPLETED',
      'mosaic/invert/8': 'COMPLETED',
      report: 'COMPLETED',
    });
    expect(await tree(out)).toEqual(
      expect.arrayContaining([
        'mosaic/join/olinda-landsat7_mosaic.png',
        'report/olinda-landsat7_mosaic_report.txt',
      ]),
    );
  });
});

describe('a recipe that cannot complete', () => {
  /** A job that does what its input says: it is a shell script. */
  const obeys = {
    name: 'obeys',
    files: [{ name: 'ORDER' }],
    outputs: [{ name: 'DONE', pattern: 'done.txt' }],
    errors: [{ code: 7, name: 'unwilling', category: 'data' }],
    script: 'sh $ORDER',
  };
  const definition = {
    version: '7',
    input: { files: [{ name: 'ORDER' }] },
    nodes: {
      first: {
        input: { ORDER: { type: 'recipe', input: 'ORDER' } },
        node_type: { node_type: 'job', job_type_name: 'obeys', job_type_version: '1.0.0' },
      },
      second: {
        dependencies: [{ name: 'first' }],
        input: { ORDER: { type: 'recipe', input: 'ORDER' } },
        node_type: { node_type: 'job', job_type_name: 'obeys', job_type_version: '1.0.0' },
      },
    },
  };
  async function written() {
    const file = JSON.stringify({ definition, jobs: [await jobImage(obeys)] });
    return writeFiles(await (await opened).directory(), { 'obeys.json': file, order: 'exit 7' });
  }

  it('says which node failed and why, and goes on from there with --resume', async () => {
    const desk = await written();
    const args = ['-i', `ORDER=${path.join(desk, 'order')}`];
    const failed = await runRecipe(path.join(desk, 'obeys.json'), args);
    expect(failed.exit).toBe(1);
    expect(failed.document).toMatchObject({ status: 'failed', error: { name: 'recipe-not-completed' } });
    expect(failed.document.error!.message).toContain('first (unwilling)');
    expect(statesOf(failed.document)).toEqual({ first: 'FAILED', second: 'BLOCKED' });

    const text = await (
      await opened
    ).run(['--recipe', path.join(desk, 'obeys.json'), ...args, '-o', failed.out, '--resume']);
    expect(text).toMatchObject({ exit: 1, stdout: '' });
    expect(text.stderr).toMatch(/^NODE +STATE +WHY\nfirst +FAILED +unwilling: .*\nsecond +BLOCKED +/m);

    await writeFile(path.join(desk, 'order'), 'echo ok > $OUTPUT_DIR/done.txt');
    const changed = await runRecipe(
      path.join(desk, 'obeys.json'),
      ['-i', 'ORDER=/etc/hostname', '--resume'],
      failed.out,
    );
    expect(changed).toMatchObject({ exit: 2, document: { error: { name: 'recipe-differs' } } });
    const again = await runRecipe(path.join(desk, 'obeys.json'), [...args, '--resume'], failed.out);
    expect([again.exit, again.document.error]).toEqual([0, null]);
    expect(again.document.recipe).toBe(failed.document.recipe);
    expect(await tree(failed.out)).toEqual(expect.arrayContaining(['first/done.txt', 'second/done.txt']));
  });

  it('is rejected with one sentence where the command line or the file is wrong', async () => {
    const desk = await written();
    const file = path.join(desk, 'obeys.json');
    const seedbed = await opened;
    const cases: [readonly string[], RegExp][] = [
      [
        ['--recipe', file, '-i', 'ORDERS=x'],
        /no file input called ORDERS: it has ORDER \(did you mean ORDER\?\)/,
      ],
      [['--recipe', file], /The required input ORDER was not given/],
      [['--recipe', path.join(desk, 'none.yaml')], /none\.yaml cannot be read/],
      [['--recipe', file, '--keep', '-e', 'A=b'], /-e, --keep is for one job/],
      [[desk, '--recipe', file], /both were given/],
      [[desk, '--resume'], /--resume is for --recipe/],
    ];
    for (const [args, words] of cases) {
      const { exit, stderr } = await seedbed.run(args, { cwd: desk });
      expect({ args, exit, stderr }).toEqual({ args, exit: 2, stderr: expect.stringMatching(words) });
    }
  });
});

describe('a recipe that is stopped', () => {
  async function begin() {
    const seedbed = await opened;
    const definition = {
      version: '7',
      nodes: {
        slow: { node_type: { node_type: 'job', job_type_name: 'waits-for-go', job_type_version: '1.0.0' } },
        after: {
          dependencies: [{ name: 'slow' }],
          node_type: { node_type: 'job', job_type_name: 'waits-for-go', job_type_version: '1.0.0' },
        },
      },
    };
    const recipe = JSON.stringify({ definition, jobs: [await waitingImage()] });
    const desk = await writeFiles(await seedbed.directory(), { 'slow.json': recipe });
    const file = path.join(desk, 'slow.json');
    const out = path.join(desk, 'out');
    await seedbed.database();
    const running = seedbed.start(['--recipe', file, '-o', out, '--format', 'json']);
    const jobOf = (node: string) =>
      until(`a job of ${node}`, async () => {
        const [row] = await seedbed.query<{ id: number }>(
          `select n.job_id as id from recipe_node n join recipe r on r.id = n.recipe_id
           where n.name = $1 and r.queue = (select 'recipe-' || $2) and n.job_id is not null`,
          [
            node,
            (
              JSON.parse(
                await readFile(path.join(out, '.seedbed-recipe.json'), 'utf8').catch(() => '{}'),
              ) as { run?: string }
            ).run ?? '',
          ],
        );
        return row?.id;
      });
    return { seedbed, file, out, running, jobOf };
  }

  it('by a signal ends what runs and is canceled', async () => {
    const { seedbed, running, jobOf } = await begin();
    const job = await jobOf('slow');
    await waitingJob(seedbed, job).begun();
    running.child.kill('SIGINT');
    const { stdout, exit } = await running.ended;
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', error: { name: 'canceled' } });
    expect(exit).not.toBe(0);
    const [row] = await seedbed.query<{ status: string }>('select status from job where id = $1', [job]);
    expect(row).toEqual({ status: 'CANCELED' });
  });

  it('by kill -9 goes on with --resume, and runs nothing twice', async () => {
    const { seedbed, file, out, running, jobOf } = await begin();
    const slow = await jobOf('slow');
    await waitingJob(seedbed, slow).begun();
    running.child.kill('SIGKILL');
    await running.ended;
    const resumed = runRecipe(file, ['--resume'], out);
    await waitingJob(seedbed, slow).go();
    await waitingJob(seedbed, await jobOf('after')).go();
    const { exit, document } = await resumed;
    expect([exit, document.error]).toEqual([0, null]);
    const rows = await seedbed.query<{ num_exes: number }>('select num_exes from job where id = $1', [slow]);
    expect(rows).toEqual([{ num_exes: 1 }]);
    expect(await tree(out)).toEqual(expect.arrayContaining(['after/ready', 'slow/ready']));
  });
});
