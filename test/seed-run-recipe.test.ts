import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RecipeResultDocument, recipeResultValidator } from '../seed-schema/index.ts';
import { contents, outputOfRunning, tree, until, writeFiles } from './support/cli-files.ts';
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
/** Nodes that took what had been made before. */
const reusedIn = ({ nodes }: RecipeResultDocument) =>
  nodes.flatMap(({ node, reused }) => (reused ? [node] : []));
/** Nodes of which executions had a container that ended, in the order of their names. */
async function containersOf({ recipe }: RecipeResultDocument): Promise<string[]> {
  const rows = await (
    await opened
  ).query<{ node: string }>(
    `select j.recipe_node as node from job j join job_exe x on x.job_id = j.id
     where j.root_recipe_id = $1 and x.exit_code is not null order by 1`,
    [recipe],
  );
  return rows.map(({ node }) => node);
}
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

    // Nothing is known of another file with the same content: the first node has to find that out for it, too.
    const copy = path.join(await (await opened).directory(), 'sunset.png');
    await copyFile(photograph, copy);
    const again = await runRecipe(sample('footprint-then-watermark'), ['-i', `IMAGE=${copy}`, '--reuse']);
    expect(statesOf(again.document)).toEqual(statesOf(document));
    expect(reusedIn(again.document)).toEqual(['watermark']);
    expect(await contents(again.out)).toEqual(await contents(out));
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

    const again = await runRecipe(sample('mosaic-report'), ['-i', `SCENE=${scene}`, '--reuse']);
    expect(again.document.status).toBe('completed');
    expect(await containersOf(again.document)).toEqual([]);
    expect(reusedIn(again.document)).toHaveLength(12);
    expect(reusedIn(again.document)).toContain('mosaic/invert/8');
    expect(await contents(again.out)).toEqual(await contents(out));
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
      [['--recipe', file, '--dry-run', '--resume'], /not with --resume/],
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

describe('a recipe with --reuse', () => {
  /** What it makes is another thing whenever it runs; it fails where its input says so. */
  const stamps = {
    name: 'stamps-again',
    files: [{ name: 'IN', multiple: true }],
    json: [{ name: 'N', type: 'integer', required: false }],
    settings: [{ name: 'SALT' }],
    outputs: [{ name: 'OUT', pattern: 'made/*.txt' }],
    outputJson: [{ name: 'LINES', type: 'integer' }],
    resources: { cpus: 0.1 },
    script: [
      'mkdir $OUTPUT_DIR/made; O=$OUTPUT_DIR/made/stamp.txt',
      'cat /proc/sys/kernel/random/uuid $IN/* > $O',
      'if grep -q fail $O; then exit 1; fi',
      `echo '{"type": "Feature", "geometry": null, "properties": {"sensor": "OLI"}}' > $O.metadata.json`,
      `echo '{"LINES":  2}' > $OUTPUT_DIR/seed.outputs.json`,
    ].join('; '),
  };
  /** The node `first`, on which `left` and `right` hang, and `both` on these. */
  const parents = { first: [], left: ['first'], right: ['first'], both: ['left', 'right'] };

  type Salts = Partial<Record<keyof typeof parents, string>>;

  /** A recipe of these nodes, each with a salt, as it is run and as a dry run tells of it. */
  async function diamond() {
    const desk = await writeFiles(await (await opened).directory(), { 'in.txt': 'one\n' });
    const image = await jobImage(stamps);
    const file = path.join(desk, 'diamond.json');
    const save = async (salts: Salts) => {
      const nodes = Object.entries(parents).map(([name, before]) => [
        name,
        {
          dependencies: before.map((parent) => ({ name: parent })),
          input: {
            IN:
              before.length === 0
                ? { type: 'recipe', input: 'FILE' }
                : { type: 'dependency', node: before[0], output: 'OUT' },
            N: { type: 'recipe', input: 'N' },
          },
          node_type: { node_type: 'job', job_type_name: 'stamps-again', job_type_version: '1.0.0' },
          configuration: { settings: { SALT: `${desk} ${name} ${salts[name as keyof Salts] ?? ''}` } },
        },
      ]);
      const input = { files: [{ name: 'FILE' }], json: [{ name: 'N', type: 'integer' }] };
      const definition = { version: '7', input, nodes: Object.fromEntries(nodes) as object };
      await writeFile(file, JSON.stringify({ definition, jobs: [image] }));
      return ['-i', `FILE=${desk}/in.txt`, '-j', 'N=1'];
    };
    return {
      run: async (options: readonly string[], salts: Salts = {}, out?: string) =>
        runRecipe(file, [...(await save(salts)), ...options], out),
      /** @returns names of nodes by what would become of them */
      foresee: async (options: readonly string[], salts: Salts = {}) => {
        const seedbed = await opened;
        const args = ['--recipe', file, ...(await save(salts)), '--dry-run', ...options, '--format', 'json'];
        const { exit, stdout } = await seedbed.run(args, { cwd: desk });
        expect(exit).toBe(0);
        const { nodes } = JSON.parse(stdout) as { nodes: { name: string; action: string }[] };
        const of = (wanted: string) =>
          nodes.flatMap(({ name, action }) => (action === wanted ? [name] : [])).sort();
        return { run: of('RUN'), reuse: of('REUSE') };
      },
    };
  }
  const all = ['both', 'first', 'left', 'right'];

  it('takes all that was made before, with sidecars and JSON outputs, and runs what is changed and hangs on it', async () => {
    const { run } = await diamond();
    const first = await run(['--reuse']);
    expect([first.exit, reusedIn(first.document)]).toEqual([0, []]);

    const second = await run(['--reuse']);
    expect([second.exit, second.document.error]).toEqual([0, null]);
    expect(await containersOf(second.document)).toEqual([]);
    expect(reusedIn(second.document).sort()).toEqual(all);
    expect(await tree(second.out)).toContain('left/made/stamp.txt.metadata.json');
    expect(await contents(second.out)).toEqual(await contents(first.out));
    const [left, was] = [second, first].map(({ document }) =>
      document.nodes.find(({ node }) => node === 'left'),
    );
    expect(left).toMatchObject({
      directory: path.join(second.out, 'left'),
      outputs: {
        files: { OUT: [{ path: path.join(second.out, 'left/made/stamp.txt') }] },
        json: { LINES: 2 },
      },
      reused: { job: was!.job },
      logs: { stdout: null, stderr: null },
    });

    const changed = await run(['--reuse'], { left: 'other' });
    expect(await containersOf(changed.document)).toEqual(['both', 'left']);
    expect(reusedIn(changed.document).sort()).toEqual(['first', 'right']);
    // What was made of what was taken descends from it.
    const fileOf = ({ document }: RecipeRun, name: string) =>
      document.nodes.find(({ node }) => node === name)!.outputs.files.OUT![0]!.id;
    expect(
      await (
        await opened
      ).query('select ancestor_id as id from file_ancestry_link where descendant_id = $1', [
        fileOf(changed, 'left'),
      ]),
    ).toContainEqual({ id: fileOf(first, 'first') });

    // A run that was not told to reuse does not.
    expect(await containersOf((await run([])).document)).toEqual(all);
  });

  it('is told of before by a dry run, of which nothing stays', async () => {
    const { run, foresee } = await diamond();
    const seedbed = await opened;
    expect(await foresee(['--reuse'])).toEqual({ run: all, reuse: [] });
    const { document } = await run([]);
    const rows = () =>
      seedbed.query(
        `select (select count(*) from recipe) as recipes, (select count(*) from job) as jobs,
           (select count(*) from recipe_type_revision) as revisions, (select count(*) from scale_file) as files`,
      );
    const before = await rows();
    expect(await foresee([])).toEqual({ run: all, reuse: [] });
    expect(await foresee(['--reuse'])).toEqual({ run: [], reuse: all });
    expect(await foresee(['--reuse'], { left: 'other' })).toEqual({
      run: ['both', 'left'],
      reuse: ['first', 'right'],
    });
    expect(await rows()).toEqual(before);
    expect(await tree(path.dirname(document.inputs.files.FILE![0]!.path))).toEqual([
      'diamond.json',
      'in.txt',
    ]);
  });

  it('runs again what made a file that is gone or was altered', async () => {
    const { run } = await diamond();
    const first = await run([]);
    await rm(path.join(first.out, 'left/made/stamp.txt'));
    await writeFile(path.join(first.out, 'right/made/stamp.txt'), 'another thing');
    const second = await run(['--reuse']);
    expect(await containersOf(second.document)).toEqual(['both', 'left', 'right']);
    expect(reusedIn(second.document)).toEqual(['first']);
  });

  it('takes nothing of what failed, and holds for what is resumed with it', async () => {
    const { run } = await diamond();
    const done = await run([]);
    const given = done.document.inputs.files.FILE![0]!.path;
    await writeFile(given, 'fail\n');
    const failed = await run([]);
    const again = await run(['--reuse']);
    for (const { exit, document } of [failed, again]) {
      expect([exit, document.error?.name, reusedIn(document)]).toEqual([1, 'recipe-not-completed', []]);
      expect(await containersOf(document)).toEqual(['first']);
    }

    await writeFile(given, 'one\n');
    const resumed = await run(['--reuse', '--resume'], {}, failed.out);
    expect([resumed.exit, resumed.document.recipe]).toEqual([0, failed.document.recipe]);
    expect(reusedIn(resumed.document).sort()).toEqual(all);
    expect(await contents(resumed.out)).toEqual(await contents(done.out));
  });

  it('runs a job that writes to a mount, and says why', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'writes-to-a-mount',
      outputs: [{ name: 'OUT', pattern: 'out.txt' }],
      mounts: [{ name: 'CACHE', path: '/cache', mode: 'rw' }],
      resources: { cpus: 0.1 },
      script: 'date >> /cache/runs; echo done > $OUTPUT_DIR/out.txt',
    });
    const node = {
      node_type: { node_type: 'job', job_type_name: 'writes-to-a-mount', job_type_version: '1.0.0' },
    };
    const recipe = JSON.stringify({ definition: { version: '7', nodes: { only: node } }, jobs: [image] });
    const desk = await writeFiles(await seedbed.directory(), { 'one.json': recipe, 'cache/runs': '' });
    const env = { SEED_HOST_ROOTS: desk };
    const run = async (out: string, options: readonly string[]) => {
      const args = ['--recipe', path.join(desk, 'one.json'), '-o', path.join(desk, out), '--format', 'json'];
      const { stdout } = await seedbed.run([...args, ...options], { env });
      return JSON.parse(stdout) as RecipeResultDocument;
    };
    // It makes the job type known.
    expect(await run('incomplete', [])).toMatchObject({ error: { name: 'configuration-incomplete' } });
    await seedbed.query(
      `update job_type set configuration = jsonb_build_object('mounts', jsonb_build_object('CACHE',
         jsonb_build_object('type', 'host', 'host_path', $1::text))) where name = 'writes-to-a-mount'`,
      [path.join(desk, 'cache')],
    );
    expect(await run('first', [])).toMatchObject({ status: 'completed', warnings: [] });
    const again = await run('second', ['--reuse']);
    expect(again.warnings.map(({ name, description }) => `${name}: ${description}`)).toEqual([
      expect.stringMatching(/^reuse-ignored: only: .* it may write to the mount CACHE/),
    ]);
    expect(await containersOf(again)).toEqual(['only']);
  });

  it('does once what two do at the same time, and does it when the other one is killed', async () => {
    const seedbed = await opened;
    const image = await jobImage({
      name: 'waits-to-be-taken',
      outputs: [{ name: 'READY', pattern: 'ready' }],
      resources: { cpus: 0.1 },
      script: `trap '' TERM; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done`,
    });
    const node = {
      node_type: { node_type: 'job', job_type_name: 'waits-to-be-taken', job_type_version: '1.0.0' },
    };
    const recipe = JSON.stringify({ definition: { version: '7', nodes: { only: node } }, jobs: [image] });
    const desk = await writeFiles(await seedbed.directory(), { 'one.json': recipe });
    const file = path.join(desk, 'one.json');
    const recipeIn = (out: string) =>
      seedbed.start(['--recipe', file, '--reuse', '-o', path.join(desk, out), '--format', 'json']);
    const jobs = (condition: string) =>
      seedbed.query<{ id: number }>(
        `select j.id from job j join job_type t on t.id = j.job_type_id
         where t.name = 'waits-to-be-taken' and ${condition} order by j.id`,
      );
    const waiting = `j.status = 'QUEUED' and j.awaited_job_exe_id is not null`;

    const alone = seedbed.start([image, '--reuse', '-o', path.join(desk, 'alone')]);
    await outputOfRunning(path.join(desk, 'alone'), 'ready');
    const first = recipeIn('first');
    const running = await until('the first one to wait', async () => (await jobs(waiting))[0]);
    alone.child.kill('SIGKILL');
    await alone.ended;
    await waitingJob(seedbed, running.id).begun();
    const others = ['second', 'third'].map(recipeIn);
    await until('the others to wait', async () => (await jobs(waiting)).length === 2);
    first.child.kill('SIGKILL');
    await first.ended;
    // Both may look at the same moment: the one that has a container is the one that runs.
    const next = await until('another container', async () => {
      const rows = await seedbed.query<{ id: number; path: string }>(
        `select job_id as id, attempt_directory as path from job_exe
         where status = 'RUNNING' and starts_with(attempt_directory, $1) and job_id <> $2`,
        [`${desk}/`, running.id],
      );
      return rows.find((row) => existsSync(path.join(row.path, 'output/ready')));
    });
    await until('the last one to wait', async () => (await jobs(waiting)).length === 1);
    await waitingJob(seedbed, next.id).go();
    const documents = (await Promise.all(others.map(({ ended }) => ended))).map(
      ({ stdout }) => JSON.parse(stdout) as RecipeResultDocument,
    );
    expect(documents.map(({ status }) => status)).toEqual(['completed', 'completed']);
    expect(documents.map((one) => reusedIn(one).length).sort()).toEqual([0, 1]);
    expect(await jobs(`exists (select from job_exe x where x.job_id = j.id and x.exit_code = 0)`)).toEqual([
      { id: next.id },
    ]);
    expect(await tree(path.join(desk, 'third'))).toContain('only/ready');
  });
});
