import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { cuttingProxy } from '../../test/support/cutting-proxy.ts';
import { call } from '../../test/support/http.ts';
import { given, node, RecipeWorld } from '../../test/support/recipe-world.ts';
import { createNext } from '../batch/creation/create-next.ts';
import { localWorkspace } from '../catalog/index.ts';
import { stepAction } from '../jobs/index.ts';
import { lockRecipes, recipeContext } from '../recipes/index.ts';

let api: TestApi;
withApi((started) => (api = started));

let world: RecipeWorld;
/** Recipe and job types that take the file SCENE and the number N, by their ids and names. */
let recipeType: { id: number; name: string };
let jobType: { id: number; name: string; version: string };
/** Files of the catalogue. */
let files: { id: number; path: string; sha256: string; url: string }[];

beforeAll(async () => {
  world = new RecipeWorld(api.db, await localWorkspace(api.db));
  const inputs = { files: [{ name: 'SCENE' }], json: [{ name: 'N', type: 'integer', required: false }] };
  const settings = [{ name: 'PASSWORD', secret: true }, { name: 'LEVEL' }];
  const job = (await world.job({ inputs, settings })) as { job_type_name: string };
  const parameters = {
    files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }],
    json: [{ name: 'N', type: 'integer', required: false } as const],
  };
  const made = await world.recipeType({
    input: parameters,
    nodes: {
      a: node(job as never, { SCENE: given('SCENE'), N: given('N') }),
      b: node(job as never, { SCENE: given('SCENE') }, { after: ['a'] }),
    },
  });
  const [row] = await api.db.query<{ id: number; name: string }>(
    'select t.id, t.name from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id where r.id = $1',
    [made.revisionId],
  );
  recipeType = row!;
  const [type] = await api.db.query<typeof jobType>(
    'update job_type set configuration = $2 where name = $1 returning id, name, version',
    [job.job_type_name, JSON.stringify({ settings: { PASSWORD: null, LEVEL: '1' } })],
  );
  jobType = type!;
  const [workspace] = await api.db.query<{ id: number }>(
    `insert into workspace (name, title, base_url, json_config)
     values ('pictures', 'Pictures', 'https://files.example.org/p/', $1) returning id`,
    [JSON.stringify({ version: '7', broker: { type: 's3', bucket_name: 'scenes', prefix: '/raw/' } })],
  );
  files = [];
  for (const [at, id] of (await world.files(4)).entries()) {
    const [path, sha256] = [`2024/ä ${at}.tif`, String(at).repeat(64)];
    await api.db.query('update scale_file set workspace_id = $2, file_path = $3, sha256 = $4 where id = $1', [
      ...[id, workspace!.id, path, sha256],
    ]);
    files.push({ id, path, sha256, url: `s3://scenes/raw/${path}` });
  }
});

interface Task {
  readonly id: number;
  readonly state: string;
  readonly job: { readonly id: number };
  readonly recipe: { readonly id: number };
  readonly input: { readonly files: { readonly SCENE: readonly number[] } };
  readonly error: { readonly errors: readonly object[] };
}

/** What is answered of tasks, as far as it is looked at; the OpenAPI document judges all of it. */
interface Json extends Task {
  readonly code: string;
  readonly count: number;
  readonly errors: readonly { readonly name: string }[];
  readonly existing: Task;
  readonly same_payload: boolean;
  readonly warnings: readonly object[];
}

interface Result {
  readonly status: number;
  readonly task: Task;
  readonly errors?: readonly { readonly name: string }[];
  readonly same_payload?: boolean;
}

async function send<T>(method: string, path: string, body?: object) {
  const { status, headers, json } = await api.send(method, path, body);
  return { status, headers, json: json as unknown as T };
}
const post = (body: object) => send<Json>('POST', 'tasks/', body);
const bulk = (body: object) => send<{ results: Result[] }>('POST', 'tasks/bulk/', body);
const scene = (reference: unknown, n?: unknown) => ({
  files: { SCENE: [reference] },
  json: n === undefined ? {} : { N: n },
});

let batches = 0;
async function newBatch(more: object = {}): Promise<number> {
  const { status, json } = await api.send('POST', 'batches/', {
    ...{ name: `b-${++batches}`, recipe_type_id: recipeType.id, definition: { tasks: true } },
    ...more,
  });
  expect([status, json.state]).toEqual([201, 'STAGING']);
  return json.id as number;
}

/** Makes the runs of a batch, a few at a time. */
async function create(batch: number, limit = 2): Promise<void> {
  const config = world.context.config;
  const context = { submission: { config, engineSockets: [] }, recipes: recipeContext(api.db, config) };
  while (!(await createNext(api.db, context, batch, limit)).isDone);
}

const act = (batch: number, what: string) => api.send('POST', `batches/${batch}/${what}/`);
const tasksOf = async (batch: number, query = '') =>
  (await send<{ count: number; results: Task[] }>('GET', `batches/${batch}/tasks/${query}`)).json;

describe('a task by itself', () => {
  it('begins a recipe or a job at once, with its priority', async () => {
    const recipe = await post({
      recipe_type: { name: recipeType.name },
      ...{ input: scene(files[0]!.id, 3), configuration: { priority: 7 }, priority: 5 },
    });
    expect([recipe.status, recipe.json]).toEqual([
      201,
      expect.objectContaining({ state: 'CREATED', batch: null, job: null, warnings: [], error: null }),
    ]);
    expect(recipe.json.input).toEqual({ files: { SCENE: [files[0]!.id] }, json: { N: 3 } });
    expect(recipe.headers.location).toBe(`/v6/tasks/${recipe.json.id}/`);
    const { warnings: _, ...task } = recipe.json;
    expect((await api.get(`tasks/${recipe.json.id}/`)).json).toEqual(task);
    const [job] = await api.db.query(`select priority from job where recipe_id = $1 and recipe_node = 'a'`, [
      recipe.json.recipe.id,
    ]);
    expect(job).toEqual({ priority: 5 });

    const single = await post({
      job_type: { name: jobType.name, version: jobType.version },
      ...{ input: scene({ id: files[1]!.id }), configuration: { settings: { LEVEL: '3' } }, priority: 9 },
    });
    expect([single.status, single.json.state, single.json.recipe]).toEqual([201, 'CREATED', null]);
    expect((await api.get(`jobs/${single.json.job.id}/`)).json).toMatchObject({
      priority: 9,
      configuration: { settings: { LEVEL: '3' } },
      input: { files: { SCENE: [files[1]!.id] } },
    });
  });

  it('is refused with everything that is wrong with it', async () => {
    const refused = async (body: object) => {
      const { status, json } = await post({ input: scene(files[0]!.id), ...body });
      expect([status, json.code]).toEqual([400, 'SB1350']);
      return json.errors.map(({ name }) => name);
    };
    const recipe = { recipe_type: { name: recipeType.name } };
    expect(await refused({})).toEqual(['PARAM_REQUIRED']);
    expect(await refused({ recipe_type: { name: 'none' } })).toEqual(['UNKNOWN_TYPE']);
    expect(await refused({ recipe_type: { name: recipeType.name, revision_num: 9 } })).toEqual([
      'UNKNOWN_TYPE',
    ]);
    expect(await refused({ ...recipe, job_type: { name: 'a', version: '1' } })).toEqual(['AMBIGUOUS_TYPE']);
    expect(await refused({ ...recipe, batch: 4711 })).toEqual(['UNKNOWN_BATCH']);
    expect(await refused({ ...recipe, input: scene({ url: 's3://none/x' }, 'x') })).toEqual([
      'UNKNOWN_FILE',
      'INVALID_JSON_TYPE',
    ]);
    expect(
      await refused({ ...recipe, input: scene({ id: 1, url: 'x' }), configuration: { priority: 0 } }),
    ).toEqual(['INVALID_DATA', 'INVALID_PRIORITY']);
    const secret = { configuration: { settings: { PASSWORD: 'x' } } };
    for (const type of [recipe, { job_type: { name: jobType.name, version: jobType.version } }])
      expect(await refused({ ...type, ...secret })).toEqual(['INVALID_CONFIGURATION']);
    expect((await post({ ...recipe, input: scene('x') })).status).toBe(400);
    expect((await api.get('tasks/4711/')).status).toBe(404);
  });
});

describe('an integer that JSON text does not carry through the service', () => {
  it('is refused, where it stands', async () => {
    const body = (n: string) =>
      `{"tasks": [{"input": {"json": {"N": ${n}, "TEXT": "12345678901234567891"}}}]}`;
    const headers = { 'Content-Type': 'application/json' };
    const bulk = (n: string) => api.send('POST', 'tasks/bulk/', body(n), headers);
    expect(await bulk('12345678901234567891')).toMatchObject({
      status: 400,
      json: {
        code: 'SB1127',
        detail: expect.stringMatching(
          /tasks\[0\]\.input\.json\.N is 12345678901234567891, .* 12345678901234567000/,
        ),
      },
    });
    expect((await bulk('9007199254740991')).status).toBe(200);
    expect((await bulk('0.1234567890123456789')).json.detail).toContain(
      'N is 0.1234567890123456789, which would arrive as 0.12345678901234568',
    );
    expect((await bulk('0.10000000000000001')).status).toBe(200);
  });
});

describe('files of tasks', () => {
  it.each([
    ['a number', () => files[2]!.id],
    ['an id', () => ({ id: files[2]!.id })],
    ['a workspace and a path', () => ({ workspace: 'pictures', path: files[2]!.path })],
    ['a checksum', () => ({ sha256: files[2]!.sha256 })],
    ['an address in S3', () => ({ url: files[2]!.url })],
    ['an address below a base_url', () => ({ url: `https://files.example.org/p/${files[2]!.path}` })],
    ['the same, encoded', () => ({ url: encodeURI(`https://files.example.org/p/${files[2]!.path}`) })],
  ])('may be named by %s', async (_, reference) => {
    const { status, json } = await post({
      recipe_type: { name: recipeType.name },
      input: scene(reference()),
    });
    expect([status, json.input?.files]).toEqual([201, { SCENE: [files[2]!.id] }]);
  });

  it('are looked up in one statement for a whole bulk', async () => {
    const batch = await newBatch();
    const statements: string[] = [];
    const { prepared } = api.db;
    api.db.prepared = ((name: string, ...rest: [string, unknown[]]) => {
      statements.push(name);
      return prepared.call(api.db, name, ...rest);
    }) as typeof prepared;
    const references = files.flatMap(({ id, path, sha256, url }) => [
      ...[id, { id }, { workspace: 'pictures', path }, { sha256 }, { url }],
    ]);
    const { json } = await bulk({ batch, tasks: references.map((one) => ({ input: scene(one) })) });
    api.db.prepared = prepared;
    expect(statements.filter((name) => name.startsWith('files-named'))).toEqual(['files-named-many']);
    const given = json.results.map((one) => {
      return one.task.input.files.SCENE[0];
    });
    expect(given).toEqual(files.flatMap(({ id }) => [id, id, id, id, id]));
  });
});

describe('tasks of a batch', () => {
  it('wait until it is finalized, and then become recipes', async () => {
    const batch = await newBatch({ configuration: { priority: 40 } });
    const tasks = [
      { unique_id: `first-${batch}`, input: scene(files[0]!.id, 1) },
      { input: { files: {}, json: { N: 'x' } } },
      { input: scene(files[1]!.id), priority: 3, recipe_type: { name: recipeType.name } },
      { input: scene(files[2]!.id), job_type: { name: jobType.name, version: jobType.version } },
      { inputs: {} },
      { unique_id: `first-${batch}`, input: scene(files[0]!.id, 1) },
      { unique_id: `first-${batch}`, input: scene(files[0]!.id, 2) },
    ];
    const { status, json } = await bulk({ batch: `b-${batches}`, tasks });
    expect(status).toBe(200);
    const short = json.results.map(({ status: one, errors, same_payload }) => [
      one,
      errors?.map(({ name }) => name) ?? same_payload,
    ]);
    expect(short).toEqual([
      [201, undefined],
      [400, ['INVALID_JSON_TYPE', 'PARAM_REQUIRED']],
      [201, undefined],
      [400, ['MISMATCHED_TYPE']],
      [400, ['INVALID_DATA']],
      [409, true],
      [409, false],
    ]);
    expect(json.results[5]!.task).toEqual(json.results[0]!.task);
    expect(json.results[0]!.task).toMatchObject({ state: 'STAGED', batch: { id: batch }, recipe: null });
    expect(await api.db.query('select 1 from recipe where batch_id = $1', [batch])).toEqual([]);

    const finalized = await act(batch, 'finalize');
    expect([finalized.status, finalized.json.state]).toEqual([200, 'CREATING']);
    const again = await act(batch, 'finalize');
    expect([again.status, again.json.finalized]).toEqual([200, finalized.json.finalized]);
    const late = await post({ batch, input: scene(files[3]!.id) });
    expect([late.status, late.json.errors[0]!.name]).toEqual([400, 'BATCH_NOT_STAGING']);
    // A post whose answer was lost, sent again after the end of the staging.
    const resent = await post({ batch, ...tasks[0] });
    expect([resent.status, resent.json.code, resent.json.same_payload]).toEqual([409, 'SB1351', true]);
    expect(resent.json.existing.id).toBe(json.results[0]!.task.id);

    await create(batch, 1);
    expect(await tasksOf(batch, '?state=STAGED')).toMatchObject({ count: 0 });
    const { results } = await tasksOf(batch, '?state=CREATED');
    expect(results.map(({ id }) => id)).toEqual([json.results[0]!.task.id, json.results[2]!.task.id]);
    const jobs = await api.db.query(
      `select r.id as recipe, j.priority, j.batch_id as batch from recipe r join job j on j.recipe_id = r.id
       where r.batch_id = $1 and j.recipe_node = 'a' order by r.id`,
      [batch],
    );
    expect(jobs).toEqual([
      { recipe: results[0]!.recipe.id, priority: 40, batch },
      { recipe: results[1]!.recipe.id, priority: 3, batch },
    ]);
    expect((await api.get(`batches/${batch}/`)).json).toMatchObject({
      ...{ state: 'CREATED', runs_estimated: 2, runs_created: 2, runs_refused: 0 },
      tasks: { staged: 0, created: 2, refused: 0, canceled: 0 },
    });
    expect((await act(batch, 'finalize')).json.state).toBe('CREATED');
  });

  it('are only judged in a dry run, also those whose files are to be sent before', async () => {
    const batch = await newBatch();
    const [file] = files;
    const there = { unique_id: `dry-${batch}`, input: scene(file!.id) };
    await bulk({ batch, tasks: [there] });
    const tasks = [
      { input: scene(file!.id) },
      { input: scene({ file_name: 'new.tif' }) },
      { input: scene(987654321) },
      { input: scene(file!.id), configuration: { settings: { LEVEL: 7 } } },
      { input: scene({ file_name: 'new.tif', id: 3 }) },
      there,
      { ...there, input: scene({ file_name: 'new.tif' }) },
    ];
    const foreseen = await send<{ results: Result[] }>('POST', 'tasks/bulk/?dry_run=true', { batch, tasks });
    const short = foreseen.json.results.map(({ status, errors, same_payload }) => [
      ...[status, errors?.map(({ name }) => name), same_payload],
    ]);
    expect(short).toEqual([
      [200, undefined, undefined],
      [200, undefined, undefined],
      [400, ['UNKNOWN_FILE'], undefined],
      [400, expect.arrayContaining([expect.any(String)]), undefined],
      [400, ['INVALID_DATA'], undefined],
      [409, undefined, true],
      [409, undefined, undefined],
    ]);
    expect((await tasksOf(batch)).count).toBe(1);
    const sent = await bulk({ batch, tasks: [tasks[1]] });
    expect(sent.json.results[0]).toMatchObject({ status: 400, errors: [{ name: 'INVALID_DATA' }] });
  });

  it('become single jobs where it is one of those, each refused by itself when its file is gone', async () => {
    const batch = await newBatch({ recipe_type_id: undefined, job_type_id: jobType.id });
    const [gone] = await world.files(1);
    const { json } = await bulk({
      batch,
      tasks: [files[0]!.id, gone, files[1]!.id].map((id) => ({ input: scene(id), priority: 6 })),
    });
    await api.db.query('update scale_file set is_deleted = true where id = $1', [gone]);
    await act(batch, 'finalize');
    await create(batch, 3);
    const { results } = await tasksOf(batch);
    expect(results.map(({ id }) => id)).toEqual(json.results.map(({ task }) => task.id));
    expect(results.map(({ state }) => state)).toEqual(['CREATED', 'REFUSED', 'CREATED']);
    expect(results[1]!.error.errors).toEqual([expect.objectContaining({ name: 'DELETED_FILE' })]);
    const jobs = await api.db.query('select id, priority from job where batch_id = $1 order by id', [batch]);
    expect(jobs).toEqual([results[0]!, results[2]!].map(({ job }) => ({ id: job.id, priority: 6 })));
    expect((await api.get(`tasks/?batch_id=${batch}`)).json.count).toBe(3);
  });
});

describe('a unique id', () => {
  it('is one task, however many post it at once', async () => {
    const batch = await newBatch();
    const body = { batch, unique_id: `busy-${batch}`, input: scene(files[0]!.id) };
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(body)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const others = answers.filter(({ status, json }) => status === 409 && json.same_payload === true);
    expect(others).toHaveLength(199);
    const { json } = await api.get(`tasks/?unique_id=busy-${batch}&unique_id=none`);
    expect(json.results.map(({ id }) => id)).toEqual([others[0]!.json.existing.id]);
  });

  it('is one recipe, however many begin it by itself at once', async () => {
    const body = { unique_id: 'alone', recipe_type: { name: recipeType.name }, input: scene(files[0]!.id) };
    const before = await countRecipes();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect((await countRecipes()) - before).toBe(1);
    // What is left out counts as what it is by default.
    const other = await post({ ...body, input: { ...body.input, json: {} }, configuration: {} });
    expect([other.status, other.json.same_payload]).toEqual([409, true]);
    expect((await post({ ...body, priority: 4 })).json.same_payload).toBe(false);
  });

  it('is one task where the answer was lost after it was stored', async () => {
    const batch = await newBatch();
    const body = { batch, unique_id: `lost-${batch}`, input: scene(files[0]!.id) };
    const proxy = await cuttingProxy(api.port, [0], 'down');
    const headers = { Authorization: `Token ${api.token}`, 'Content-Type': 'application/json' };
    await expect(
      call(proxy.port, 'POST', '/v6/tasks/', headers, JSON.stringify(body)),
    ).rejects.toHaveProperty('message');
    expect(proxy.cuts).toBe(1);
    await proxy.close();
    const again = await post(body);
    expect([again.status, again.json.same_payload]).toEqual([409, true]);
    expect(await tasksOf(batch)).toMatchObject({ count: 1, results: [{ id: again.json.existing.id }] });
  });

  it('is taken by two bulks in opposite orders without either waiting for the other', async () => {
    const batch = await newBatch();
    const tasks = Array.from({ length: 100 }, (_, at) => ({
      unique_id: `cross-${batch}-${at}`,
      input: scene(files[0]!.id, at),
    }));
    const answers = await Promise.all(
      [tasks, tasks.toReversed()].flatMap((one) => [
        bulk({ batch, tasks: one }),
        bulk({ batch, tasks: one }),
      ]),
    );
    const statuses = answers.flatMap(({ json }) => json.results.map((one) => one.status));
    expect(statuses.filter((one) => one === 201)).toHaveLength(100);
    expect(statuses.filter((one) => one === 409)).toHaveLength(300);
  });
});

const countRecipes = async () =>
  (await api.db.query<{ count: number }>('select count(*) as count from recipe'))[0]!.count;

describe('finalizing while tasks come in', () => {
  it('loses none that was taken', async () => {
    const batch = await newBatch();
    let isOver = false;
    let taken = 0;
    const refused: unknown[] = [];
    const poster = async () => {
      while (!isOver) {
        const { status, json } = await post({ batch, input: scene(files[0]!.id) });
        if (status === 201) taken++;
        else {
          refused.push([status, json.errors[0]?.name]);
          isOver = true;
        }
      }
    };
    const posters = Array.from({ length: 8 }, poster);
    while (taken < 20) await new Promise(setImmediate);
    const { json } = await act(batch, 'finalize');
    await create(batch, 500);
    await Promise.all(posters);
    expect(json.runs_estimated).toBe(taken);
    expect(refused).toContainEqual([400, 'BATCH_NOT_STAGING']);
    expect(await tasksOf(batch, '?state=CREATED')).toMatchObject({ count: taken });
  });
});

describe('a batch', () => {
  it('is canceled: what is staged is not begun, and jobs are canceled', async () => {
    const batch = await newBatch();
    await bulk({ batch, tasks: files.map(({ id }) => ({ input: scene(id) })) });
    await act(batch, 'finalize');
    const config = world.context.config;
    const context = { submission: { config, engineSockets: [] }, recipes: recipeContext(api.db, config) };
    await createNext(api.db, context, batch, 3);
    const { status, json } = await act(batch, 'cancel');
    expect(status).toBe(202);
    await carryOut(json.id);
    expect(await jobStatuses(batch)).toEqual([
      'CANCELED',
      'CANCELED',
      'CANCELED',
      'CANCELED',
      'CANCELED',
      'CANCELED',
    ]);
    await create(batch);
    expect((await api.get(`batches/${batch}/`)).json).toMatchObject({
      ...{ state: 'CANCELED', runs_created: 3 },
      tasks: { staged: 0, created: 3, refused: 0, canceled: 1 },
    });
    expect((await act(batch, 'finalize')).json.code).toBe('SB1352');
    expect((await post({ batch, input: scene(files[0]!.id) })).status).toBe(400);

    const staging = await newBatch();
    await post({ batch: staging, input: scene(files[0]!.id) });
    await act(staging, 'cancel');
    expect(await tasksOf(staging)).toMatchObject({ results: [{ state: 'CANCELED' }] });
    for (const what of ['cancel', 'finalize', 'requeue-failed'])
      expect((await act(4711, what)).status).toBe(404);
  });

  it('goes on where its jobs failed or were canceled', async () => {
    const batch = await newBatch();
    await bulk({ batch, tasks: files.slice(0, 2).map(({ id }) => ({ input: scene(id) })) });
    await act(batch, 'finalize');
    await create(batch);
    const recipes = await api.db.query<{ id: number }>('select id from recipe where batch_id = $1', [batch]);
    for (const { id } of recipes) await world.end((await world.queued(id))[0]!.id, 'FAILED');
    expect(await world.states(recipes[0]!.id)).toEqual({ a: 'STUCK', b: 'BLOCKED' });
    const { status, json } = await act(batch, 'requeue-failed');
    expect(status).toBe(202);
    await carryOut(json.id);
    for (const { id } of recipes) {
      await world.end((await world.queued(id))[0]!.id);
      await world.end((await world.queued(id))[0]!.id);
      expect(await world.recipe(id)).toMatchObject({ is_completed: true });
    }
    expect(await jobStatuses(batch)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED', 'COMPLETED']);
  });
});

const jobStatuses = async (batch: number) =>
  (await api.db.query<{ status: string }>('select status from job where batch_id = $1', [batch])).map(
    ({ status }) => status,
  );

/** Does what a runtime would do of the changes of jobs that were asked for, up to this one. */
async function carryOut(action: number): Promise<void> {
  for (;;) {
    const [open] = await api.db.query('select 1 from job_action where id = $1 and ended is null', [action]);
    if (!open) return;
    const jobs = await api.db.query<{ id: number }>('select id from job where recipe_id is not null');
    const ids = jobs.map(({ id }) => id);
    await world.change(ids, (tx) => stepAction(tx, (roots) => lockRecipes(tx, roots)));
  }
}
