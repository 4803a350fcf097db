import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ImportResultDocument, importResultValidator } from '../seed-schema/index.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { ewkb } from './support/ewkb.ts';
import { manifestDocument } from './support/manifest.ts';
import { ScaleDatabase } from './support/scale-database.ts';

const opened = testInstallation();

async function importScale(...args: string[]): Promise<ImportResultDocument & { exit: number | null }> {
  const { stdout, stderr, exit } = await (await opened).run(['import-scale', ...args, '--format', 'json']);
  expect(stderr).toBe('');
  const document: unknown = JSON.parse(stdout);
  expect(importResultValidator.problems(document)).toEqual([]);
  return { ...(document as ImportResultDocument), exit };
}

const query = async (sql: string, values?: unknown[]) => (await opened).query(sql, values);

const fileInput = { name: 'INPUT', mediaTypes: ['image/tiff'] };
const manifest = (name: string, packageVersion = '1.0.0') =>
  manifestDocument({
    ...{ name, packageVersion },
    interface: {
      command: '${INPUT}',
      inputs: { files: [fileInput] },
      outputs: { files: [{ name: 'OUT', pattern: '*.png', mediaType: 'image/png' }] },
      settings: [{ name: 'LEVEL' }, { name: 'KEY', secret: true }],
    },
  });

const definition = (nodes: object) => ({
  version: '7',
  input: {
    files: [{ name: 'SCENE', media_types: ['image/tiff'], required: true, multiple: false }],
    json: [],
  },
  nodes,
});
const jobNode = (name: string, revision: number) => ({
  dependencies: [],
  input: { INPUT: { type: 'recipe', input: 'SCENE' } },
  node_type: {
    node_type: 'job',
    job_type_name: name,
    job_type_version: '1.0.0',
    job_type_revision: revision,
  },
});
const recipeNode = (name: string) => ({
  dependencies: [],
  input: { SCENE: { type: 'recipe', input: 'SCENE' } },
  node_type: { node_type: 'recipe', recipe_type_name: name, recipe_type_revision: 1 },
});

/** In Gabon. */
const area = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [10.5, -1.5],
      [11.5, -1.5],
      [11.5, -0.5],
      [10.5, -0.5],
      [10.5, -1.5],
    ],
  ],
};
const oddName = `dir/a\tb\nc\\d 'e' "f" é 名.tif`;

/** What a Scale may have, and what cannot be taken over from it. */
async function fill(scale: ScaleDatabase, prefix: string): Promise<void> {
  const workspace = await scale.insert('workspace', {
    ...{
      name: `${prefix}-host`,
      title: 'Host',
      base_url: 'http://files.example.org',
      created: '2015-01-01T00:00:00Z',
    },
    json_config: { version: '6', broker: { type: 'host', host_path: `/data/${prefix}` } },
  });
  await scale.insert('workspace', {
    ...{ name: `${prefix}-s3`, title: 'S3', is_active: false, deprecated: '2016-01-01T00:00:00Z' },
    json_config: {
      version: '6',
      broker: {
        type: 's3',
        bucket_name: 'b',
        credentials: { access_key_id: 'A', secret_access_key: 'hidden-key' },
      },
    },
  });
  const broken = await scale.insert('workspace', { name: `${prefix}-none`, json_config: {} });
  const jobType = async (name: string, revisions: object[], more = {}) => {
    const id = await scale.insert('job_type', {
      ...{ name, version: '1.0.0', manifest: revisions.at(-1), revision_num: revisions.length },
      ...{ docker_image: `${name}:${revisions.length}`, ...more },
    });
    for (const [at, document] of revisions.entries())
      await scale.insert('job_type_revision', {
        ...{ job_type_id: id, revision_num: at + 1, manifest: document, docker_image: `${name}:${at + 1}` },
      });
    return id;
  };
  const maker = `${prefix}-maker`;
  const made = await jobType(
    maker,
    [{ version: '1.4', name: 'old' }, manifest(maker), manifest(maker, '1.0.1')],
    {
      configuration: { version: '7', priority: 50, settings: { LEVEL: '3', KEY: 'secret-value' } },
      is_paused: true,
      max_scheduled: 4,
    },
  );
  await jobType(`${prefix}-legacy`, [{ version: '1.4', interface: {} }]);
  await jobType(`${prefix}-invalid`, [{ seedVersion: '1.0.0', job: { name: 'x' } }]);
  const recipeType = async (name: string, revisions: object[]) => {
    const id = await scale.insert('recipe_type', {
      ...{ name, title: name, definition: revisions.at(-1), revision_num: revisions.length },
    });
    for (const [at, document] of revisions.entries())
      await scale.insert('recipe_type_revision', {
        recipe_type_id: id,
        revision_num: at + 1,
        definition: document,
      });
    return id;
  };
  const inner = await recipeType(`${prefix}-inner`, [
    definition({ one: jobNode(maker, 2) }),
    definition({ one: jobNode(maker, 3) }),
  ]);
  await recipeType(`${prefix}-outer`, [definition({ inside: recipeNode(`${prefix}-inner`) })]);
  await recipeType(`${prefix}-orphan`, [definition({ one: jobNode(`${prefix}-legacy`, 1) })]);

  const file = (more: Record<string, unknown>) =>
    scale.insert('scale_file', {
      ...{
        workspace_id: workspace,
        media_type: 'image/tiff',
        file_size: 7,
        file_name: 'a.tif',
        file_path: 'dir/a.tif',
      },
      ...{ uuid: 'a'.repeat(32), ...more },
    });
  const source = await file({
    ...{ file_path: oddName, file_name: oddName.slice(4), data_type_tags: ['one', 'two, "three"\\'] },
    ...{ geometry: ewkb(area), center_point: ewkb({ type: 'Point', coordinates: [2, 1] }) },
    ...{
      data_started: '2019-01-02T03:04:05.000006Z',
      data_ended: '2019-01-03T00:00:00Z',
      source_sensor: 'S\\N',
    },
    ...{ meta_data: { 'k\n': ['v\t"\\'] }, created: '2018-01-01T00:00:00Z', is_parsed: true },
    ...{ parsed: '2018-01-02T00:00:00Z', uuid: '1'.repeat(32), last_modified: '2018-01-03T00:00:00Z' },
  });
  const country = await scale.insert('country_data', { name: 'Congo', iso3: 'COG' });
  await scale.insert('scale_file_countries', { scalefile_id: source, countrydata_id: country });
  const product = await file({
    ...{
      file_type: 'PRODUCT',
      file_path: 'out/p.png',
      file_name: 'p.png',
      media_type: 'image/png',
      uuid: '2'.repeat(32),
    },
    ...{
      job_type_id: made,
      job_id: 5,
      job_exe_id: 6,
      job_output: 'OUT',
      recipe_type_id: inner,
      recipe_node: 'one',
    },
    ...{ has_been_published: true, is_published: true, published: '2018-02-01T00:00:00Z' },
  });
  const old = await file({
    file_path: 'out/p.png',
    is_superseded: true,
    superseded: '2018-02-01T00:00:00Z',
    uuid: '2'.repeat(32),
  });
  await file({ file_path: 'gone.tif', is_deleted: true, deleted: '2018-03-01T00:00:00Z' });
  await file({
    file_path: 'odd.tif',
    geometry: 'no geometry',
    data_started: '2019-01-01T00:00:00.000002Z',
    data_ended: '2019-01-01T00:00:00.000001Z',
  });
  const twin = await file({ file_path: oddName, uuid: '3'.repeat(32) });
  await file({ workspace_id: broken, file_path: 'lost.tif' });
  for (const [ancestor_id, descendant_id] of [
    [source, product],
    [source, old],
    [twin, product],
    [source, null],
  ])
    await scale.insert('file_ancestry_link', { ancestor_id, descendant_id, job_exe_id: 6, job_id: 5 });
}

const expectedCounts = {
  workspaces: { found: 3, taken: 2, known: 0, left: 1 },
  job_types: { found: 3, taken: 1, known: 0, left: 2 },
  recipe_types: { found: 4, taken: 3, known: 0, left: 1 },
  files: { found: 7, taken: 5, known: 0, left: 2 },
  lineage: { found: 3, taken: 2, known: 0, left: 1 },
};
const allKnown = Object.fromEntries(
  Object.entries(expectedCounts).map(([kind, { found, taken, left }]) => [
    kind,
    { found, taken: 0, known: taken, left },
  ]),
);

/** What an import of `fill` leaves. */
async function expectTaken(prefix: string, countries: string[]): Promise<void> {
  expect(
    await query(
      `select name, base_url, is_active, json_config -> 'broker' as broker from workspace where name like $1 order by 1`,
      [`${prefix}-%`],
    ),
  ).toEqual([
    {
      ...{ name: `${prefix}-host`, base_url: 'http://files.example.org', is_active: true },
      broker: { type: 'host', host_path: `/data/${prefix}` },
    },
    { name: `${prefix}-s3`, base_url: null, is_active: false, broker: { type: 's3', bucket_name: 'b' } },
  ]);
  expect(
    await query(
      `select t.name, t.revision_num, t.docker_image, t.is_paused, t.max_scheduled, t.configuration,
         array_agg(r.revision_num order by r.revision_num) as revisions
       from job_type t join job_type_revision r on r.job_type_id = t.id where t.name like $1 group by t.id`,
      [`${prefix}-%`],
    ),
  ).toEqual([
    {
      ...{
        name: `${prefix}-maker`,
        revision_num: 3,
        docker_image: `${prefix}-maker:3`,
        is_paused: true,
        max_scheduled: 4,
      },
      ...{ configuration: { version: '7', priority: 50, settings: { LEVEL: '3' } }, revisions: [2, 3] },
    },
  ]);
  expect(
    await query(
      `select t.name, t.revision_num, array_agg(r.revision_num order by r.revision_num) as revisions
       from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id where t.name like $1 group by t.id order by 1`,
      [`${prefix}-%`],
    ),
  ).toEqual([
    { name: `${prefix}-inner`, revision_num: 2, revisions: [1, 2] },
    { name: `${prefix}-outer`, revision_num: 1, revisions: [1] },
  ]);
  const files = await query(
    `select f.file_path, f.uuid, f.file_type, f.is_superseded, f.is_deleted, f.is_published, f.geometry, f.data_started,
       f.data_ended, f.data_type_tags, f.meta_data, f.source_sensor, f.created, f.is_parsed, f.countries, f.bbox::text,
       f.center_point::text, t.name as job_type, r.name as recipe_type, f.job_output, f.recipe_node, f.file_size
     from scale_file f join workspace w on w.id = f.workspace_id left join job_type t on t.id = f.job_type_id
       left join recipe_type r on r.id = f.recipe_type_id
     where w.name = $1 order by f.id`,
    [`${prefix}-host`],
  );
  expect(files).toHaveLength(5);
  expect(files[0]).toMatchObject({
    ...{
      file_path: oddName,
      uuid: '1'.repeat(32),
      file_type: 'SOURCE',
      file_size: 7,
      geometry: area,
      countries,
    },
    ...{
      data_started: '2019-01-02T03:04:05.000006Z',
      data_ended: '2019-01-03T00:00:00.000000Z',
      source_sensor: 'S\\N',
    },
    ...{ data_type_tags: ['one', 'two, "three"\\'], meta_data: { 'k\n': ['v\t"\\'] }, is_parsed: true },
    ...{
      created: '2018-01-01T00:00:00.000000Z',
      bbox: '(11.5,-0.5),(10.5,-1.5)',
      center_point: '(2,1)',
      job_type: null,
    },
  });
  expect(files[1]).toMatchObject({
    ...{
      file_path: 'out/p.png',
      uuid: '2'.repeat(32),
      file_type: 'PRODUCT',
      is_published: true,
      is_superseded: false,
    },
    ...{ job_type: `${prefix}-maker`, recipe_type: `${prefix}-inner`, job_output: 'OUT', recipe_node: 'one' },
  });
  expect(files[2]).toMatchObject({ file_path: 'out/p.png', is_superseded: true });
  expect(files[3]).toMatchObject({ file_path: 'gone.tif', is_deleted: true });
  expect(files[4]).toMatchObject({ file_path: 'odd.tif', geometry: null, data_ended: null });
  expect(
    await query(
      `select a.uuid as ancestor, d.is_superseded from file_ancestry_link l join scale_file a on a.id = l.ancestor_id
         join scale_file d on d.id = l.descendant_id join workspace w on w.id = a.workspace_id
       where w.name = $1 order by 2`,
      [`${prefix}-host`],
    ),
  ).toEqual([
    { ancestor: '1'.repeat(32), is_superseded: false },
    { ancestor: '1'.repeat(32), is_superseded: true },
  ]);
}

describe('seed import-scale', () => {
  let scale: ScaleDatabase;
  beforeAll(async () => {
    scale = await ScaleDatabase.make();
    await fill(scale, 'one');
  });
  afterAll(() => scale.drop());

  it('says what it would take over, and keeps nothing', async () => {
    expect(await importScale(scale.url, '--dry-run')).toMatchObject({
      dry_run: true,
      exit: 1,
      ...expectedCounts,
    });
    const kept = await query(
      `select name from workspace where name like 'one-%' union all select name from job_type`,
    );
    expect(kept).toEqual([]);
  });

  it('takes over what can be, tells why the rest cannot, and takes nothing over twice', async () => {
    const result = await importScale(scale.url);
    expect(result).toMatchObject({ dry_run: false, exit: 1, ...expectedCounts });
    expect(result.problems.map(({ kind, reason, count }) => `${kind} ${count}: ${reason}`).sort()).toEqual(
      [
        'file 1: another file is known at its place already',
        'file 1: its data end before they begin; the end is left out',
        'file 1: its geometry is no EWKB',
        'file 1: its workspace was not taken over',
        'job_type 1: its secret settings are not taken over; set them again',
        'job_type 1: not taken over, because its manifest is not valid by Seed 1.0.0',
        'job_type 1: not taken over, because its manifest is of the time before Seed',
        'job_type 2: its manifest is of the time before Seed',
        'job_type 1: its manifest is not valid by Seed 1.0.0',
        'lineage 1: one of its files was not taken over',
        'recipe_type 1: its definition is not valid here',
        'workspace 1: its configuration names no broker',
        'workspace 1: its keys are not taken over; set them again',
      ].sort(),
    );
    await expectTaken('one', ['COG']);
    expect(JSON.stringify(await query('select * from workspace'))).not.toContain('hidden-key');
    expect(JSON.stringify(await query('select * from job_type'))).not.toContain('secret-value');
    expect(await importScale(scale.url)).toMatchObject(allKnown);
    await expectTaken('one', ['COG']);
  });

  it('takes over what is new since', async () => {
    const [{ id: workspace_id }] = (await scale.query(
      `select id from workspace where name = 'one-host'`,
    )) as [{ id: number }];
    const common = { workspace_id, media_type: 'x/y', file_size: 1, file_name: 'n', uuid: '9'.repeat(32) };
    await scale.insert('scale_file', { ...common, file_path: 'new.bin' });
    await scale.insert('scale_file', { ...common, file_path: '../../../etc/hostname' });
    await scale.insert('scale_file', { ...common, file_path: 'a/./b' });
    const result = await importScale(scale.url);
    expect(result.files).toEqual({ found: 10, taken: 1, known: 5, left: 4 });
    expect(result.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'file', reason: 'its path leads out of its workspace', count: 1 }),
        expect.objectContaining({
          kind: 'file',
          reason: 'its path is none that a workspace takes',
          count: 1,
        }),
      ]),
    );
    expect(await query(`select uuid from scale_file where file_path = 'new.bin'`)).toEqual([
      { uuid: '9'.repeat(32) },
    ]);
  });

  it('leaves what is here already under the same names', async () => {
    const other = await ScaleDatabase.make();
    try {
      await other.insert('workspace', {
        name: 'one-s3',
        json_config: { broker: { type: 's3', bucket_name: 'b' } },
      });
      await other.insert('workspace', {
        name: 'one-host',
        json_config: { broker: { type: 'host', host_path: '/elsewhere' } },
      });
      const recipe_type_id = await other.insert('recipe_type', { name: 'one-inner', definition: {} });
      await other.insert('recipe_type_revision', { recipe_type_id, revision_num: 1, definition: {} });
      const document = manifest('one-maker', '9.9.9');
      const job_type_id = await other.insert('job_type', {
        name: 'one-maker',
        version: '1.0.0',
        manifest: document,
      });
      const revision = { job_type_id, revision_num: 1, manifest: document, docker_image: 'x:1' };
      await other.insert('job_type_revision', revision);
      const result = await importScale(other.url);
      expect(result).toMatchObject({
        workspaces: { found: 2, taken: 0, known: 1, left: 1 },
        job_types: { found: 1, taken: 0, left: 1 },
        recipe_types: { found: 1, taken: 0, left: 1 },
      });
      const mixed = await (await opened).run(['import-scale', scale.url, '--name', result.source]);
      expect([mixed.exit, mixed.stderr]).toEqual([2, expect.stringContaining('--name')]);
    } finally {
      await other.drop();
    }
  });
});

describe('seed import-scale of many files', () => {
  it('goes on after kill -9, and takes each file over once', async () => {
    const scale = await ScaleDatabase.make();
    try {
      const json_config = { broker: { type: 'host', host_path: '/many' } };
      const workspace = await scale.insert('workspace', { name: 'many', json_config });
      await scale.query(`insert into scale_file (workspace_id, media_type, file_size, file_name, file_path, uuid)
        select ${workspace}, 'x/y', n, n::text, 'many/' || n, md5(n::text) from generate_series(1, 20000) n`);
      await scale.query(
        `insert into file_ancestry_link (ancestor_id, descendant_id) select n, n + 1 from generate_series(1, 19999) n`,
      );
      const running = (await opened).start(['import-scale', scale.url]);
      const count = async () =>
        (await query(`select 1 from scale_file where file_path like 'many/%'`)).length;
      await until('the first files', async () => (await count()) > 0);
      process.kill(running.pid, 'SIGKILL');
      await running.ended;
      const before = await count();
      expect(before).toBeLessThan(20_000);
      expect(await importScale(scale.url)).toMatchObject({
        exit: 0,
        workspaces: { known: 1 },
        files: { found: 20_000, taken: 20_000 - before, known: before },
        lineage: { found: 19_999, taken: 19_999 },
      });
      expect(await count()).toBe(20_000);
    } finally {
      await scale.drop();
    }
  });
});

describe('seed import-scale of a dump', () => {
  it('reads what pg_dump writes as plain SQL, without any server', async () => {
    const scale = await ScaleDatabase.make();
    const file = path.join(await (await opened).directory(), 'scale.sql');
    try {
      await fill(scale, 'two');
      await writeFile(file, await scale.dump());
    } finally {
      await scale.drop();
    }
    const whole = await readFile(file, 'latin1');
    const cut = path.join(await (await opened).directory(), 'cut.sql');
    for (const end of [
      whole.lastIndexOf('\\.\n'), // at the end of a row of the last table
      whole.lastIndexOf('\t', whole.lastIndexOf('COPY ')), // within one of another
      whole.lastIndexOf('COPY '), // between two
    ]) {
      await writeFile(cut, whole.slice(0, end), 'latin1');
      const ended = await (await opened).run(['import-scale', cut]);
      expect([ended.exit, ended.stderr]).toEqual([2, expect.stringContaining('SB1281')]);
    }
    await writeFile(cut, whole.replace(/^(COPY (?:public\.)?scale_file .*\n.*)\t/m, '$1 '), 'latin1');
    const torn = await (await opened).run(['import-scale', cut]);
    expect([torn.exit, torn.stderr]).toEqual([
      2,
      expect.stringMatching(/row of scale_file has \d+ fields.*SB1281/),
    ]);

    expect(await importScale(file)).toMatchObject({ source: 'scale.sql', ...expectedCounts });
    await expectTaken('two', ['GAB']);
    expect(await importScale(file)).toMatchObject(allKnown);
  });

  it.each([
    ['/nowhere/scale.sql', 'no such file'],
    ['/etc/hostname', 'it has no COPY of workspace'],
    ['postgres://nobody@127.0.0.1:1/scale', 'ECONNREFUSED'],
  ])('refuses %s', async (source, reason) => {
    const { exit, stderr } = await (await opened).run(['import-scale', source]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(reason)]);
    expect(stderr).toContain('SB1281');
  });

  it('refuses a database that is none of Scale', async () => {
    const scale = await ScaleDatabase.make();
    try {
      await scale.query('drop table file_ancestry_link');
      const { exit, stderr } = await (await opened).run(['import-scale', scale.url]);
      expect([exit, stderr]).toEqual([2, expect.stringContaining('it has no table file_ancestry_link')]);
    } finally {
      await scale.drop();
    }
  });
});
