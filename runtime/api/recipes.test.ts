import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import {
  conditionNode,
  jobNode,
  recipeNode,
  TestRecipes,
  type TestType,
} from '../../test/support/recipes.ts';

let api: TestApi;
withApi((started) => (api = started));

let recipes: TestRecipes;
let work: TestType;
let part: TestType;
let whole: TestType;
/** A recipe that runs, with a sub-recipe, and a file that it was given and one that it made. */
let recipe: { id: number; sub: number; first: number; last: number; given: number; made: number };
beforeAll(async () => {
  recipes = new TestRecipes(api.db);
  work = await recipes.jobType('work');
  part = await recipes.recipeType('part', { inner: jobNode(work) }, { description: 'A part.' });
  whole = await recipes.recipeType(
    'whole',
    {
      first: jobNode(work),
      check: conditionNode(['first']),
      each: jobNode(work, ['first'], { forEach: { input: 'I', require: 'all' } }),
      sub: recipeNode(part, ['first']),
      later: recipeNode(part, ['sub']),
      last: jobNode(work, ['first', 'sub'], { dependencies: [{ name: 'check', acceptance: false }] }),
    },
    { title: 'All of it' },
  );
  recipe = await running();
});

async function running() {
  const upload = async (name: string) =>
    (
      await api.send('POST', `files/?name=${name}`, Buffer.from(name), {
        'Content-Type': 'application/octet-stream',
      })
    ).json.id;
  const [given, made] = [await upload('given.tif'), await upload('made.tif')];
  const id = await recipes.recipe(whole, { input_file_size: 2 ** 20 + 1 });
  await api.db.query(
    'insert into recipe_input_file (recipe_id, input_file_id, recipe_input) values ($1, $2, $3)',
    [id, given, 'SCENE'],
  );
  await api.db.query(
    `update scale_file set recipe_id = $2, recipe_type_id = $3, recipe_node = 'first' where id = $1`,
    [made, id, whole.id],
  );
  const first = await recipes.job(work, id, 'first', 'COMPLETED');
  await recipes.node(id, 'first', 'job', 'COMPLETED', { job_id: first });
  await recipes.node(id, 'check', 'condition', 'COMPLETED', { accepted: false });
  await recipes.node(id, 'each', 'job', 'STARTED', { items_total: 2 });
  const sub = await recipes.recipe(part, { recipe_id: id, root_recipe_id: id });
  await recipes.node(id, 'sub', 'recipe', 'STARTED', { sub_recipe_id: sub });
  const inner = await recipes.job(work, sub, 'inner', 'RUNNING', { root_recipe_id: id });
  await recipes.node(sub, 'inner', 'job', 'STARTED', { job_id: inner });
  await recipes.node(id, 'later', 'recipe', 'WAITING');
  const last = await recipes.job(work, id, 'last', 'PENDING', { awaits_input: true });
  await recipes.node(id, 'last', 'job', 'WAITING', { job_id: last, parents_left: 1 });
  return { id, sub, first, last, given, made };
}

describe('POST recipes/', () => {
  let type: TestType;
  beforeAll(async () => {
    type = await recipes.recipeType(
      'begun',
      { one: jobNode(work), two: jobNode(work, ['one']) },
      {},
      { files: [{ name: 'SCENE', media_types: [], required: true, multiple: false }], json: [] },
    );
  });
  const input = () => ({ version: '7', files: { SCENE: [recipe.given] }, json: {} });

  it('begins a recipe, by the id or the name of its type', async () => {
    for (const key of [{ recipe_type_id: type.id }, { recipe_type_name: 'begun', revision_num: 1 }]) {
      const answer = await api.send('POST', 'recipes/', {
        ...key,
        input: input(),
        configuration: { priority: 7 },
      });
      expect([answer.status, answer.headers.location]).toEqual([201, `/v6/recipes/${answer.json.id}/`]);
      expect(answer.json).toMatchObject({
        recipe_type: { name: 'begun' },
        input: { files: { SCENE: [recipe.given] } },
        jobs_total: 2,
        jobs_queued: 1,
        jobs_pending: 1,
        warnings: [],
        details: {
          nodes: { one: { node_type: { status: 'QUEUED' } }, two: { node_type: { status: 'PENDING' } } },
        },
      });
      const { results } = (await api.get(`jobs/?recipe_id=${answer.json.id}`)).json as unknown as {
        results: { id: number; recipe_node: string; priority: number }[];
      };
      const [one, two] = ['one', 'two'].map((name) => results.find((job) => job.recipe_node === name)!);
      expect(one!.priority).toBe(7);
      expect((await api.get(`jobs/${two!.id}/why/`)).json).toMatchObject({
        waiting_for: [{ name: 'parent-not-done', recipe_node: 'one', job_id: one!.id, state: 'QUEUED' }],
      });
      expect((await api.get(`recipes/${answer.json.id}/input_files/`)).json.results).toMatchObject([
        { id: recipe.given },
      ]);
    }
  });

  it('makes one of requests with the same key', async () => {
    const send = () =>
      api.send(
        'POST',
        'recipes/',
        { recipe_type_id: type.id, input: input() },
        { 'Idempotency-Key': 'once' },
      );
    const [first, second] = [await send(), await send()];
    expect(second.json.id).toBe(first.json.id);
    // Also where the answer was forgotten.
    await api.db.query('delete from idempotency');
    expect((await send()).json.id).toBe(first.json.id);
  });

  it.each([
    ['no input', () => ({ input: {} }), 400, 'PARAM_REQUIRED'],
    ['a file that is none', () => ({ input: { files: { SCENE: [987_654_321] } } }), 400, 'SCENE'],
    ['no type', () => ({ input: input(), recipe_type_id: undefined }), 400, 'recipe_type_id'],
    ['two types', () => ({ input: input(), recipe_type_name: 'begun' }), 400, 'recipe_type_name'],
    ['a type that is not there', () => ({ input: input(), recipe_type_id: 987_654_321 }), 404, 'recipe type'],
    ['a revision that is not there', () => ({ input: input(), revision_num: 9 }), 400, 'revision 9'],
    [
      'a wrong configuration',
      () => ({ input: input(), configuration: { priority: -1 } }),
      400,
      'INVALID_PRIORITY',
    ],
  ])('refuses %s', async (_, more, status, words) => {
    const answer = await api.send('POST', 'recipes/', { recipe_type_id: type.id, ...more() });
    expect([answer.status, answer.json.detail]).toEqual([status, expect.stringContaining(words)]);
  });

  it('leaves out a member that it does not know, and names it', async () => {
    const body = { recipe_type_id: type.id, input: input(), colour: 'red' };
    const answer = await api.send('POST', 'recipes/', body);
    expect([answer.status, answer.headers.warning]).toEqual([201, expect.stringContaining('colour')]);
  });
});

describe('GET recipes/', () => {
  it('lists recipes with the counters of all inside them', async () => {
    const { json } = await api.get(`recipes/?recipe_id=${recipe.id}&recipe_type_name=whole`);
    expect(json).toMatchObject({ count: 1, next: null });
    expect(json.results[0]).toMatchObject({
      id: recipe.id,
      recipe_type: { id: whole.id, name: 'whole', title: 'All of it', description: null, revision_num: 1 },
      recipe_type_rev: { id: whole.revision, recipe_type: { id: whole.id }, revision_num: 1 },
      event: null,
      batch: null,
      recipe: null,
      superseded_recipe: null,
      input_file_size: 2,
      jobs_total: 3,
      jobs_pending: 1,
      jobs_running: 1,
      jobs_completed: 1,
      sub_recipes_total: 1,
      sub_recipes_completed: 0,
      is_completed: false,
      completed: null,
    });
  });

  it('finds what is part of a recipe', async () => {
    const { json } = await api.get(`recipes/?root_recipe_id=${recipe.id}`);
    expect(json.results).toMatchObject([
      { id: recipe.sub, recipe: { id: recipe.id, recipe_type: { name: 'whole' } } },
    ]);
  });

  it('knows every filter, and refuses what is none', async () => {
    const address =
      'recipes/?started=PT1H&ended=PT0S&source_started=P1D&source_ended=PT0S&source_sensor_class=a&source_sensor=a' +
      '&source_collection=a&source_task=a&recipe_id=1&recipe_type_id=1&recipe_type_name=a&batch_id=1&root_recipe_id=1' +
      '&is_superseded=false&is_completed=false&order=-created&cursor=';
    const { status, json, headers } = await api.get(address);
    expect([status, json.results, headers.warning]).toEqual([200, [], undefined]);
    for (const query of ['is_completed=perhaps', 'recipe_id=x'])
      expect([query, (await api.get(`recipes/?${query}`)).status]).toEqual([query, 400]);
    const unknown = await api.get('recipes/?order=colour');
    expect([unknown.status, unknown.headers.warning]).toEqual([200, expect.stringContaining('colour')]);
  });
});

describe('GET recipes/{id}/', () => {
  it('shows what stands for each node', async () => {
    const { json } = await api.get(`recipes/${recipe.id}/`);
    expect(json).toMatchObject({
      id: recipe.id,
      recipe_type_rev: { revision_num: 1, definition: { version: '7', nodes: { first: {} } } },
      input: { version: '7', files: {}, json: {} },
      superseded_by_recipe: null,
      job_types: [{ name: 'work' }],
      sub_recipe_types: [{ name: 'part', description: 'A part.' }],
      jobs_total: 3,
    });
    const { nodes } = (json as unknown as { details: { nodes: Record<string, { node_type: object }> } })
      .details;
    expect(Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, node.node_type]))).toEqual({
      first: {
        node_type: 'job',
        job_type_name: 'work',
        job_type_version: '1.0.0',
        job_type_revision: 1,
        job_id: recipe.first,
        status: 'COMPLETED',
      },
      check: {
        node_type: 'condition',
        condition_id: expect.any(Number),
        is_processed: true,
        is_accepted: false,
      },
      each: expect.objectContaining({
        job_id: null,
        status: 'RUNNING',
        items: { total: 2, states: {}, concurrency: null },
      }),
      sub: expect.objectContaining({
        node_type: 'recipe',
        recipe_type_name: 'part',
        recipe_type_revision: 1,
        recipe_id: recipe.sub,
        is_completed: false,
        jobs_total: 1,
        jobs_running: 1,
      }),
      last: expect.objectContaining({ job_id: recipe.last, status: 'PENDING' }),
    });
    expect(nodes.last).toMatchObject({
      dependencies: [{ name: 'check', acceptance: false }],
    });
  });

  it.each(['', 'graph/', 'input_files/'])('knows no recipe that is not there: %s', async (below) => {
    for (const id of ['987654321', 'x']) {
      const { status, json } = await api.get(`recipes/${id}/${below}`);
      expect([status, json.detail]).toEqual([404, expect.stringContaining('recipe')]);
    }
  });
});

describe('GET recipes/{id}/graph/', () => {
  it('tells where every node stands, and on demand what is inside', async () => {
    const { json } = await api.get(`recipes/${recipe.id}/graph/`);
    const nodes = (json as unknown as { nodes: { name: string; state: string; graph?: object }[] }).nodes;
    expect(nodes.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
      'check COMPLETED',
      'each RUNNING',
      'first COMPLETED',
      'last PENDING',
      'later PENDING',
      'sub RUNNING',
    ]);
    expect(nodes.some(({ graph }) => graph)).toBe(false);
    const expanded = (await api.get(`recipes/${recipe.id}/graph/?expand=3`)).json as unknown as {
      nodes: typeof nodes;
    };
    expect(expanded.nodes.find(({ name }) => name === 'sub')).toMatchObject({
      graph: { id: recipe.sub, nodes: [{ name: 'inner', state: 'RUNNING' }] },
    });
  });
});

describe('GET recipes/{id}/input_files/', () => {
  it('lists what a recipe was given', async () => {
    const found = async (query: string) =>
      (await api.get(`recipes/${recipe.id}/input_files/?${query}`)).json.results.map(({ id }) => id);
    expect(await found('')).toEqual([recipe.given]);
    expect(
      await found('recipe_input=SCENE&file_name=given.tif&started=PT1H&time_field=last_modified'),
    ).toEqual([recipe.given]);
    for (const query of ['recipe_input=OTHER', 'file_name=made.tif', 'ended=P1D'])
      expect([query, await found(query)]).toEqual([query, []]);
  });
});

describe('what belongs to a recipe', () => {
  it('tells it: jobs and files', async () => {
    const { json } = await api.get(`jobs/?recipe_id=${recipe.id}&order=id`);
    expect(json.results).toMatchObject([
      { id: recipe.first, recipe: { id: recipe.id, recipe_type: { name: 'whole' } }, recipe_node: 'first' },
      { id: recipe.last, recipe_node: 'last', root_recipe: { id: recipe.id } },
    ]);
    expect((await api.get(`jobs/${recipe.last}/`)).json).toMatchObject({
      recipe: { id: recipe.id },
      recipe_node: 'last',
      status: 'PENDING',
    });
    expect((await api.get(`files/${recipe.made}/`)).json).toMatchObject({
      recipe: { id: recipe.id },
      recipe_type: { id: whole.id, name: 'whole', title: 'All of it' },
      recipe_node: 'first',
    });
  });
});
