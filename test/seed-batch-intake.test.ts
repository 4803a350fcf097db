import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerJobType } from '../runtime/jobs/index.ts';
import { until, writeFiles } from './support/cli-files.ts';
import { jobImage } from './support/cli-jobs.ts';
import { type Ended, testInstallation } from './support/cli.ts';
import { manifestDocument, testManifest } from './support/manifest.ts';
import { type Fault, faultProxy, type FaultProxy } from './support/s3-fault-proxy.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const opened = testInstallation();
let service: TestService;
let proxy: FaultProxy;
let cwd: string;

const parts = {
  name: 'intake-job',
  interface: {
    inputs: {
      files: [
        { name: 'SCENE', required: true },
        { name: 'MASKS', required: false, multiple: true },
      ],
      json: [{ name: 'LIMIT', type: 'number', required: false }],
    },
    settings: [{ name: 'LEVEL' }],
  },
};
const recipe = {
  name: 'intake-recipe',
  definition: {
    input: { files: [{ name: 'SCENE' }] },
    nodes: {
      one: {
        input: { SCENE: { type: 'recipe', input: 'SCENE' } },
        node_type: { node_type: 'job', job_type_name: 'intake-job', job_type_version: '1.0.0' },
      },
    },
  },
};

beforeAll(async () => {
  const seedbed = await opened;
  const db = await seedbed.database();
  // Of an image that there is not: what begins fails.
  await registerJobType(db, testManifest(parts), manifestDocument(parts), 'seedbed-test-none:1', 'jane');
  service = await startService(seedbed);
  proxy = await faultProxy(service.url);
  cwd = await seedbed.directory();
  await writeFiles(cwd, {
    'a.tif': 'scene a',
    'b.tif': 'scene b',
    'c.tif': 'scene c',
    'dir/x/d.tif': 'd',
    'dir/e.txt': 'e',
  });
  await writeFile(path.join(cwd, 'recipe.json'), JSON.stringify(recipe));
  await seed('save-recipe-type', 'recipe.json');
});
afterAll(async () => {
  await proxy?.close();
  await endServices([service]);
});

const seed = async (...args: string[]): Promise<Ended> => (await opened).run(args, { cwd, env: service.env });
const faulty = async (...args: string[]): Promise<Ended> =>
  (await opened).run(args, { cwd, env: { SEED_URL: proxy.endpoint } });
const write = (name: string, text: string) => writeFile(path.join(cwd, name), text);
const query = async <Row extends object>(sql: string, ...values: unknown[]) =>
  (await opened).query<Row>(sql, values);

/** Unique ids, files and priorities of the tasks of a batch, as they are stored. */
const tasksOf = (batch: string) =>
  query<{ unique_id: string; payload: { files: Record<string, number[]>; json: object } }>(
    `select t.unique_id, t.payload from task t join batch b on b.id = t.batch_id where b.name = $1 order by t.id`,
    batch,
  );
const contents = async () =>
  (
    await query<{ files: number; names: number }>(
      `select count(*)::int as files, count(distinct file_name)::int as names
       from scale_file where file_name like '%.tif'`,
    )
  )[0];

async function batch(name: string): Promise<void> {
  await write(`${name}.yaml`, `job_type: intake-job\nbatches: [{ name: ${name} }]\n`);
  expect(await seed('batch', 'create', `${name}.yaml`)).toMatchObject({ exit: 0 });
}

describe('seed batch create', () => {
  it('makes batches and tasks, and each once however often it is given', async () => {
    await write(
      'two.yaml',
      `project: demo
recipe_type: intake-recipe
batches:
  - { name: first, priority: 5 }
  - { name: second }
tasks:
  - { batch: first, inputs: { SCENE: a.tif } }
  - { batch: second, unique_id: mine, inputs: { SCENE: b.tif }, priority: 3 }
  - { inputs: { SCENE: b.tif } }
`,
    );
    const dry = await seed('batch', 'create', 'two.yaml', '--generate-unique-id', '--dry-run');
    expect(dry).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/batch first would be made\n[^]*nothing was sent/),
    });
    const strict = await seed('batch', 'create', 'two.yaml', '--generate-unique-id', '--strict');
    expect([strict.exit, strict.stdout]).toEqual([
      2,
      expect.stringMatching(/^❌ tasks\[2\]: batch must say which of the 2/),
    ]);
    expect(await query('select 1 from batch')).toEqual([]);

    const id = `demo_first_${path.join(cwd, 'a.tif')}`;
    const made = await seed('batch', 'create', 'two.yaml', '--generate-unique-id', '--finalize-batches');
    expect([made.exit, made.stdout.split('\n')]).toEqual([
      1,
      [
        expect.stringMatching(`^✅ tasks\\[0\\] ${id}: task \\d+$`),
        expect.stringMatching(/^✅ tasks\[1\] mine: task \d+$/),
        expect.stringMatching(/^❌ tasks\[2\]: batch must say .*\(SB1362\)$/),
        '',
      ],
    ]);
    expect(made.stderr).toMatch(/3 tasks: 2 created, 1 failed\nNo batch was finalized/);

    await write(
      'two.yaml',
      (await readFile(path.join(cwd, 'two.yaml'), 'utf8')).replace(/^ {2}- \{ inputs.*\n/m, ''),
    );
    const again = await seed('batch', 'create', 'two.yaml', '--generate-unique-id', '--finalize-batches');
    expect(again).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(
        /2 tasks: 2 there already\nbatch first finalized\nbatch second finalized/,
      ),
    });
    expect(
      await seed('batch', 'create', 'two.yaml', '--generate-unique-id', '--finalize-batches'),
    ).toMatchObject({
      exit: 0,
    });
    const other = (await readFile(path.join(cwd, 'two.yaml'), 'utf8')).replace('priority: 5', 'priority: 6');
    await write('other.yaml', other);
    expect((await seed('batch', 'create', 'other.yaml', '--generate-unique-id')).stderr).toContain(
      'warning: batch first is there already with another priority, which stays\n',
    );
    expect(await tasksOf('first')).toMatchObject([{ unique_id: id }]);
    expect(await tasksOf('second')).toMatchObject([{ unique_id: 'mine' }]);

    const grown = `${await readFile(path.join(cwd, 'two.yaml'), 'utf8')}  - { batch: first, inputs: { SCENE: c.tif } }\n  - { batch: second, inputs: { SCENE: a.tif } }\n`;
    await write('grown.yaml', grown);
    const later = await seed('batch', 'create', 'grown.yaml', '--generate-unique-id');
    expect([later.exit, later.stdout.split('\n'), later.stderr]).toEqual([
      1,
      [
        expect.stringMatching(/^✅ tasks\[0\] .*: task \d+, there already$/),
        expect.stringMatching(/^✅ tasks\[1\] mine: task \d+, there already$/),
        expect.stringMatching(/^❌ tasks\[2\] demo_first_.*c\.tif: .*takes no tasks any more.*\(SB1369\)$/),
        expect.stringMatching(/^❌ tasks\[3\] demo_second_.*a\.tif: .*takes no tasks any more.*\(SB1369\)$/),
        '',
      ],
      expect.stringMatching(
        /^batch first is CREATED and takes no tasks any more;.*\nbatch second is .*\n4 tasks: 2 there already, 2 failed\n$/,
      ),
    ]);
    const late = await seed('batch', 'add', 'first', '--dir', '.', '--glob', 'c.tif');
    expect([late.exit, late.stdout, late.stderr]).toEqual([
      2,
      '',
      expect.stringMatching(/first is .*\(SB1368\)/),
    ]);
    expect(await query(`select 1 from scale_file where file_name = 'c.tif'`)).toEqual([]);
    await write('late.csv', 'unique_id,SCENE\nmine,b.tif\n');
    expect(await seed('batch', 'add', 'second', '--csv', 'late.csv')).toMatchObject({
      exit: 0,
      stderr: expect.stringContaining('1 there already'),
    });
  });

  it('keeps the project with the batch, so that ids generated later are the same', async () => {
    const file = (project: string) =>
      `${project}job_type: intake-job\nbatches: [{ name: kept }]\ntasks: [{ inputs: { SCENE: a.tif } }]\n`;
    await write('kept.yaml', file('project: demo\n'));
    const created = await seed('batch', 'create', 'kept.yaml', '--generate-unique-id');
    const id = `demo_kept_${path.join(cwd, 'a.tif')}`;
    expect([created.exit, created.stdout]).toEqual([0, expect.stringContaining(` ${id}: task`)]);
    const added = await seed('batch', 'add', 'kept', '--dir', '.', '--glob', 'a.tif', '--generate-unique-id');
    expect(added).toMatchObject({ exit: 0, stderr: expect.stringContaining('1 there already') });
    await write('kept.yaml', file('project: other\n'));
    const other = await seed('batch', 'create', 'kept.yaml', '--generate-unique-id');
    expect([other.exit, other.stderr]).toEqual([
      0,
      expect.stringMatching(/kept is there already with another project, which stays\n.*1 there already/),
    ]);
    await write('kept.yaml', file(''));
    expect(await seed('batch', 'create', 'kept.yaml', '--generate-unique-id')).toMatchObject({
      stderr: '1 task: 1 there already\n',
    });
    expect((await tasksOf('kept')).map((one) => one.unique_id)).toEqual([id]);
  });

  it('judges and runs the revision of a recipe that the file names, else that of its batch', async () => {
    const revised = structuredClone(recipe);
    revised.name = 'revised';
    await write('revised.json', JSON.stringify(revised));
    await seed('save-recipe-type', 'revised.json');
    const input = { files: [{ name: 'SCENE' }], json: [{ name: 'NEW', type: 'integer' }] };
    await write('revised.json', JSON.stringify({ ...revised, definition: { ...revised.definition, input } }));
    expect(await seed('save-recipe-type', 'revised.json')).toMatchObject({ exit: 0 });

    const file = (type: string, name: string) =>
      write(
        'rev.yaml',
        `recipe_type: ${type}\nbatches: [{ name: ${name} }]\ntasks: [{ inputs: { SCENE: a.tif } }]`,
      );
    const create = () => seed('batch', 'create', 'rev.yaml', '--generate-unique-id');
    const numbers = () =>
      query(
        `select b.name, r.revision_num as num from batch b
         join recipe_type_revision r on r.id = b.recipe_type_revision_id where b.name like 'rev-%' order by b.id`,
      );
    await file('{ name: revised, revision: 1 }', 'rev-1');
    expect(await create()).toMatchObject({ exit: 0 });
    await file('revised', 'rev-1');
    expect(await create()).toMatchObject({ exit: 0, stderr: expect.stringContaining('1 there already') });
    await file('revised', 'rev-2');
    expect((await create()).stdout).toMatch(/NEW.*required/);
    expect(await numbers()).toEqual([
      { name: 'rev-1', num: 1 },
      { name: 'rev-2', num: 2 },
    ]);
    await file('{ name: revised, revision: 1 }', 'rev-2');
    expect(await create()).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/rev-2 of recipe type revised, revision 2 already, .* revision 1;/),
    });
  });

  it('has tasks without a batch begin at once', async () => {
    await write(
      'none.json',
      JSON.stringify({ job_type: 'intake-job:1.0.0', tasks: [{ inputs: { SCENE: 'a.tif' } }] }),
    );
    expect(await seed('batch', 'create', 'none.json', '--generate-unique-id')).toMatchObject({ exit: 0 });
    const [task] = await query<{ job_id: number }>(
      'select job_id from task where unique_id = $1',
      `intake-job_${path.join(cwd, 'a.tif')}`,
    );
    expect(task!.job_id).toBeGreaterThan(0);
  });

  it.each([
    ['tasks: []', /one of recipe_type and job_type/],
    ['job_type: intake-job\nbatches: [{ name: x }, { name: x }]', /the batch x twice/],
    ['job_type: intake-job\nbatchs: []', /line 2: .*batchs/],
    ['job_type: intake-jib', /intake-jib/],
    [
      'job_type: intake-job\nbatches: [{ name: first }]',
      /batch first of recipe type intake-recipe, revision 1 already/,
    ],
  ])('refuses %j', async (text, message) => {
    await write('bad.yaml', text);
    expect(await seed('batch', 'create', 'bad.yaml')).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(message),
    });
  });
});

describe('seed batch add', () => {
  it('takes several sources, sends each content once, and lists what fails by row and column', async () => {
    await batch('many');
    const [{ id } = { id: 0 }] = await query<{ id: number }>(
      `select id from scale_file where file_name = 'a.tif'`,
    );
    await write(
      'rows.csv',
      `\uFEFFunique_id,SCENE,MASKS,LIMIT,settings.LEVEL,priority\r\n` +
        `r1,a.tif,"b.tif;c.tif",0.5,"two\nlines",9\r\n` +
        `,${id},,,,\r\n` +
        `r3,none.tif,,,,\r\n` +
        `r4,a.tif,,high,,\r\n` +
        `r5,987654321,,,,\r\n`,
    );
    await write('rows.jsonl', '{"unique_id": "j1", "inputs": {"SCENE": "dir/x/d.tif", "LIMIT": 2}}\n');
    const ended = await seed(
      'batch',
      'add',
      'many',
      '--csv',
      'rows.csv',
      '--json',
      'rows.jsonl',
      '--dir',
      'dir',
      '--glob',
      '*.tif',
      '--generate-unique-id',
    );
    expect([ended.exit, ended.stdout.split('\n')]).toEqual([
      1,
      [
        expect.stringMatching(/^✅ rows\.csv:2 r1: task \d+$/),
        expect.stringMatching(`^✅ rows\\.csv:4 intake-job_many_${id}: task \\d+$`),
        expect.stringMatching(/^❌ rows\.csv:5 r3: .*SCENE.*no such file.* \(SB/),
        expect.stringMatching(/^❌ rows\.csv:6 r4: .*LIMIT.*number.* \(SB/),
        expect.stringMatching(/^❌ rows\.csv:7 r5: .*987654321.*\(SB1365\)/),
        expect.stringMatching(/^✅ rows\.jsonl:1 j1: task \d+$/),
        expect.stringMatching(/^✅ .*\/dir\/x\/d\.tif intake-job_many_\S+: task \d+$/),
        '',
      ],
    ]);
    // Each of a, b, c and d, whoever sent it.
    expect(await contents()).toEqual({ files: 4, names: 4 });
    const [first] = await tasksOf('many');
    expect(first).toMatchObject({
      unique_id: 'r1',
      payload: {
        files: { SCENE: [id], MASKS: [expect.any(Number), expect.any(Number)] },
        json: { LIMIT: 0.5 },
      },
    });

    await write('rows.csv', 'unique_id,SCENE,LIMIT\nr1,a.tif,0.75\n');
    const differs = await seed('batch', 'add', 'many', '--csv', 'rows.csv', '--log-json');
    expect([differs.exit, JSON.parse(differs.stdout)]).toEqual([
      0,
      expect.objectContaining({
        row: 1,
        where: 'rows.csv:2',
        status: 'exists',
        unique_id: 'r1',
        same_payload: false,
      }),
    ]);
    expect(differs.stderr).toContain('1 of them with another payload');
  });

  it('with --strict or --dry-run has the service judge every row before anything is sent', async () => {
    await batch('judged');
    const rows = Array.from({ length: 600 }, (_, at) => `judged-${at},a.tif,0.5,`);
    await write(
      'judged.csv',
      `unique_id,SCENE,LIMIT,settings.LEVEL\n${rows.join('\n')}\nlast,new.tif,,\ngone,987654321,,\nplace,workspace:none/x.tif,,\nhigh,a.tif,high,\n`,
    );
    await write('new.tif', 'scene new');
    const strict = await seed('batch', 'add', 'judged', '--csv', 'judged.csv', '--strict');
    const faults = [
      expect.stringMatching(/^❌ judged\.csv:603 gone: .*987654321.* \(SB1365\)$/),
      expect.stringMatching(/^❌ judged\.csv:604 place: .*x\.tif in the workspace none.* \(SB1365\)$/),
      expect.stringMatching(/^❌ judged\.csv:605 high: .*LIMIT.*number.* \(SB/),
      '',
    ];
    expect([strict.exit, strict.stdout.split('\n')]).toEqual([2, faults]);
    expect(strict.stderr).toMatch(/3 of 604/);
    const dry = await seed('batch', 'add', 'judged', '--csv', 'judged.csv', '--dry-run');
    expect([dry.exit, dry.stdout.split('\n').slice(600)]).toEqual([1, ['✅ judged.csv:602 last', ...faults]]);
    expect(dry.stderr).toMatch(/604 tasks: 601 can be sent, 3 failed; nothing was sent/);
    expect(await tasksOf('judged')).toEqual([]);
    expect(await query(`select 1 from scale_file where file_name = 'new.tif'`)).toEqual([]);
  });

  it('sends large tasks in requests that the service takes, and refuses alone what is too large', async () => {
    await batch('large');
    const row = (n: number, size: number) =>
      JSON.stringify({
        unique_id: `large-${n}`,
        inputs: { SCENE: 'a.tif' },
        settings: { LEVEL: 'x'.repeat(size) },
      });
    const rows = [row(0, 5 * 2 ** 20), ...Array.from({ length: 150 }, (_, at) => row(at + 1, 30_000))];
    await write('large.jsonl', rows.join('\n'));
    const ended = await seed('batch', 'add', 'large', '--json', 'large.jsonl', '--quiet');
    expect([ended.exit, ended.stdout, ended.stderr]).toEqual([
      1,
      expect.stringMatching(/^❌ large\.jsonl:1 large-0: .*larger than 4194304 bytes.*\n$/),
      expect.stringContaining('151 tasks: 150 created, 1 failed'),
    ]);
  });

  it('tells what it leaves out of a directory, and when nothing is left', async () => {
    await batch('links');
    await mkdir(path.join(cwd, 'links'));
    await symlink('nowhere', path.join(cwd, 'links/dangling.tif'));
    const none = await seed('batch', 'add', 'links', '--dir', 'links');
    expect([none.exit, none.stderr]).toEqual([
      0,
      expect.stringMatching(
        /^left out: \S+dangling\.tif: it is a link that leads nowhere.*\nwarning: no file of links is taken.*\n0 tasks: none\n$/,
      ),
    ]);
    expect(await seed('batch', 'add', 'links', '--dir', 'dir', '--glob', '*.none')).toMatchObject({
      exit: 0,
      stderr: expect.stringMatching(/^warning: no file of dir is taken/),
    });
  });

  it('fetches URLs as they come, once for each task', async () => {
    await batch('urls');
    let fetched = 0;
    const source = createServer((request, response) => {
      fetched++;
      if (fetched === 1) return void response.writeHead(503, { 'Retry-After': '0' }).end();
      if (fetched === 2)
        return void response.writeHead(200, { 'Content-Length': 9 }).write('scene', () => response.destroy());
      if (request.url?.endsWith('none.tif')) return void response.writeHead(404).end();
      response.end('scene url');
    }).listen(0, '127.0.0.1');
    await once(source, 'listening');
    const base = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
    try {
      await write('urls.csv', `SCENE\n${base}/u.tif?signed=1\n`);
      const add = () => seed('batch', 'add', 'urls', '--csv', 'urls.csv', '--generate-unique-id');
      expect(await add()).toMatchObject({
        exit: 0,
        stdout: expect.stringContaining(`intake-job_urls_${base}/u.tif?signed=1`),
      });
      expect(fetched).toBe(3);
      const [task] = await tasksOf('urls');
      const [file] = await query(
        `select file_name, file_size::int as size from scale_file where id = $1`,
        task!.payload.files.SCENE![0],
      );
      expect(file).toEqual({ file_name: 'u.tif', size: 9 });
      expect(await add()).toMatchObject({ exit: 0, stdout: expect.stringContaining('there already') });
      expect(fetched).toBe(3);
      await write('urls.csv', `SCENE\n${base}/none.tif\n`);
      expect(await add()).toMatchObject({
        exit: 1,
        stdout: expect.stringMatching(/^❌ .*status 404.* \(SB1366\)/),
      });
    } finally {
      source.closeAllConnections();
      source.close();
    }
  });

  it('makes one task of each row, whatever becomes of the answers', async () => {
    await batch('lost');
    const rows = Array.from(
      { length: 1200 },
      (_, at) => `${at % 3 === 0 ? '' : `lost-${at}`},${['a', 'b', 'c'][at % 3]}.tif`,
    );
    await write('lost.csv', `unique_id,SCENE\n${rows.join('\n')}\n`);
    const now = new Date(Date.now() - 5000).toUTCString();
    const faults: Fault[] = [
      { statusAfter: 503, retryAfter: '0' },
      { lostAnswer: true },
      { statusAfter: 502, retryAfter: now },
      { cutAfter: 40 },
      { status: 429, code: 'SlowDown' },
      { status: 500, code: 'x' },
    ];
    proxy.inject('POST', /\/tasks\/bulk/, ...faults);
    proxy.inject('GET', /\/files\/known/, { status: 503, code: 'x' });
    const ended = await faulty('batch', 'add', 'lost', '--csv', 'lost.csv', '--log-json');
    expect(ended).toMatchObject({ exit: 0 });
    const lines = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { row: number; status: string });
    expect(lines.map(({ row }) => row)).toEqual(rows.map((_, at) => at + 1));
    expect(new Set(lines.map(({ status }) => status))).toEqual(new Set(['created', 'exists']));
    expect(await tasksOf('lost')).toHaveLength(1200);
    expect(
      proxy.requests.filter((line) => line.startsWith('POST') && line.includes('bulk')).length,
    ).toBeGreaterThan(faults.length);
  });

  it('stopped with Ctrl-C, says how to go on, and given again comes to what it would have come to', async () => {
    await batch('stopped');
    const ids = Array.from({ length: 1500 }, (_, at) => `stop-${at}`);
    await write('stop.csv', `unique_id,SCENE\n${ids.map((one) => `${one},a.tif`).join('\n')}\n`);
    proxy.inject('POST', /\/tasks\/bulk/, { status: 503, code: 'x' });
    const running = (await opened).start(
      ['batch', 'add', 'stopped', '--csv', 'stop.csv', '--concurrency', '1'],
      {
        cwd,
        env: { SEED_URL: proxy.endpoint },
      },
    );
    await until('tasks to be told', () => running.printed.stdout.includes('✅'));
    running.child.kill('SIGINT');
    const stopped = await running.ended;
    expect(stopped.exit).toBe(1);
    expect(stopped.stderr).toMatch(
      /created; [\d,]+ are not known to be there\. The batch stopped is STAGING; give the command again/,
    );
    const told = stopped.stdout.split('\n').filter((line) => line.startsWith('✅')).length;
    expect(told).toBeLessThan(ids.length);
    expect((await tasksOf('stopped')).length).toBe(told);
    const again = await seed('batch', 'add', 'stopped', '--csv', 'stop.csv', '-q');
    expect([again.exit, again.stdout]).toEqual([0, '']);
    expect((await tasksOf('stopped')).map((one) => one.unique_id).sort()).toEqual(ids.sort());
  });

  it.each([
    [['--csv', 'none.csv'], /none\.csv/],
    [[], /--csv, --json, --dir or --s3/],
    [['--csv', 'rows.csv', '--concurrency', '0'], /--concurrency/],
    [['--s3', 'bucket'], /s3:\/\/BUCKET/],
    [['--dir', 'a.tif'], /no directory/],
    [['--csv', 'rows.csv', '--glob', '*.x'], /--glob belongs to --dir or --s3/],
    [['--csv', 'rows.csv', '--input', 'NOPE'], /--input belongs to --dir or --s3/],
  ])('refuses %j', async (args, message) => {
    expect(await seed('batch', 'add', 'many', ...args)).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(message),
    });
  });
});

describe('a batch', () => {
  it('is shown with what failed and why, and requeued, and canceled', async () => {
    expect(await seed('batch', 'status', 'none')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('batch none'),
    });
    const failing = await jobImage({ name: 'intake-fails', files: [{ name: 'SCENE' }], script: 'exit 3' });
    const token = await readFile(path.join((await opened).home, 'token'), 'utf8');
    await fetch(`${service.url}/v6/job-types/`, {
      method: 'POST',
      headers: { Authorization: `Token ${token.trim()}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ docker_image: failing }),
    });
    await write('shown.yaml', 'job_type: intake-fails\nbatches: [{ name: shown }]\n');
    expect(await seed('batch', 'create', 'shown.yaml')).toMatchObject({ exit: 0 });
    await write('shown.csv', 'SCENE\na.tif\n');
    await seed('batch', 'add', 'shown', '--csv', 'shown.csv');
    const staged = await seed('batch', 'status', 'shown', '--watch');
    expect([staged.exit, staged.stdout]).toEqual([
      0,
      expect.stringMatching(/state +STAGING\ntasks +1 staged, 0 created/),
    ]);
    expect(await seed('batch', 'finalize', 'shown', '--dry-run')).toMatchObject({
      exit: 0,
      stdout: expect.stringMatching(
        /^batch shown, 1: 1 jobs would run, 0 would be reused\nNODE +JOBS +ACTION +REASON\nintake-fails +1 +run +No job.*\nOF +ACTION +REASON\n\d+ +run +No job/,
      ),
    });
    expect((await seed('batch', 'status', 'shown')).stdout).toMatch(/state +STAGING/);
    expect(await seed('batch', 'finalize', 'shown')).toMatchObject({
      exit: 0,
      stdout: 'batch shown is finalized; its tasks begin\n',
    });
    expect(await seed('batch', 'finalize', 'shown')).toMatchObject({ exit: 0 });
    const watched = await seed('batch', 'status', 'shown', '--watch');
    expect([watched.exit, watched.stdout]).toEqual([
      1,
      expect.stringMatching(/state +CREATED\n[^]*jobs +1: 1 failed\n❌ job \d+: .*\(SB\d+\)/),
    ]);
    const shown = JSON.parse((await seed('batch', 'status', 'shown', '--format', 'json')).stdout);
    expect(shown).toMatchObject({
      name: 'shown',
      jobs_failed: 1,
      failed_jobs: [{ id: expect.any(Number) }],
      refused_tasks: [],
    });
    expect(await seed('batch', 'requeue-failed', 'shown')).toMatchObject({ exit: 0 });
    await until('it to be requeued', async () => {
      const [row] = await query<{ tries: number }>(
        `select count(*)::int as tries from job_exe e join job j on j.id = e.job_id where j.id = $1`,
        shown.failed_jobs[0].id,
      );
      return row!.tries > 1 || undefined;
    });
    await batch('ended');
    await seed('batch', 'add', 'ended', '--csv', 'shown.csv');
    expect(await seed('batch', 'cancel', 'ended')).toMatchObject({ exit: 0 });
    expect((await seed('batch', 'status', 'ended', '--watch')).stdout).toMatch(/state +CANCELED/);
  });
});
