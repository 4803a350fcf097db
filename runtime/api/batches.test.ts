import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { given, node, RecipeWorld } from '../../test/support/recipe-world.ts';
import { localWorkspace } from '../catalog/index.ts';

let api: TestApi;
withApi((started) => (api = started));

let type: number;
let dataset: number;
beforeAll(async () => {
  const world = new RecipeWorld(api.db, await localWorkspace(api.db));
  const job = await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } });
  const input = { files: [], json: [{ name: 'N', type: 'integer', required: true } as const] };
  const { revisionId } = await world.recipeType({ input, nodes: { a: node(job, { N: given('N') }) } });
  const [row] = await api.db.query<{ id: number }>(
    'select recipe_type_id as id from recipe_type_revision where id = $1',
    [revisionId],
  );
  type = row!.id;
  const definition = { parameters: { files: [], json: [{ name: 'N', type: 'integer' }] } };
  const [made] = await api.db.query<{ id: number }>(
    `with made as (insert into dataset (definition) values ($1) returning id), members as (
       insert into dataset_member (dataset_id, data) select id, '{"json": {"N": 1}}' from made, generate_series(1, 3))
     select id from made`,
    [JSON.stringify(definition)],
  );
  dataset = made!.id;
});

const post = (body: object) => api.send('POST', 'batches/', body);

describe('batches/', () => {
  it('makes, lists and shows them', async () => {
    const body = {
      name: 'tiles',
      title: 'Tiles',
      recipe_type_id: type,
      definition: { version: '7', dataset },
      configuration: { priority: 10 },
    };
    const made = await post(body);
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({
      title: 'Tiles',
      state: 'CREATING',
      is_creation_done: false,
      recipes_estimated: 3,
      recipes_total: 0,
      definition: { dataset },
      configuration: { priority: 10 },
      root_batch: { id: made.json.id },
      superseded_batch: null,
      event: { type: 'USER', description: { user: 'admin-token' } },
    });
    expect(made.headers.location).toBe(`/v6/batches/${made.json.id}/`);
    expect((await api.get(`batches/${made.json.id}/`)).json).toEqual(made.json);
    const { json } = await api.get(`batches/?recipe_type_id=${type}&is_creation_done=false&order=-created`);
    expect(json).toMatchObject({ count: 1, results: [{ id: made.json.id, recipe_type: { id: type } }] });
    expect((await api.get('batches/?is_superseded=true')).json.count).toBe(0);
    expect((await api.get('batches/?root_batch_id=4711')).json.count).toBe(0);
    expect((await post(body)).json).toMatchObject({ code: 'SB1341' });
  });

  it.each([
    ['a recipe type that is not there', () => ({ recipe_type_id: 4711 }), 'RECIPE_TYPE_NOT_FOUND'],
    ['a dataset that is not there', () => ({ definition: { dataset: 4711 } }), 'DATASET_NOT_FOUND'],
    [
      'a chain that is not there',
      () => ({ definition: { previous_batch: { root_batch_id: 4711 } } }),
      'PREV_BATCH_NOT_FOUND',
    ],
    ['no source', () => ({ definition: {} }), 'INVALID_DEFINITION'],
    [
      'a project of a batch of no tasks',
      () => ({ definition: { dataset: 4711, project: 'demo' } }),
      'INVALID_DEFINITION',
    ],
    ['a revision of a batch of no tasks', () => ({ revision_num: 1 }), 'INVALID_DEFINITION'],
    [
      'a revision that is not there',
      () => ({ revision_num: 2, definition: { tasks: true } }),
      'RECIPE_TYPE_NOT_FOUND',
    ],
  ])('refuses %s', async (_what, more, name) => {
    const { status, json } = await post({ recipe_type_id: type, definition: { dataset }, ...more() });
    expect([status, json.code, json.errors![0]?.name]).toEqual([400, 'SB1340', name]);
  });

  it('changes what is said of one, and how what is left is made', async () => {
    const { id } = (await post({ recipe_type_id: type, definition: { dataset } })).json;
    const patch = (body: object) => api.send('PATCH', `batches/${id}/`, body);
    expect((await patch({ title: 'New', configuration: { priority: 5 } })).status).toBe(204);
    const { json } = await api.get(`batches/${id}/`);
    expect(json).toMatchObject({ title: 'New', description: null, configuration: { priority: 5 } });
    const inputMap = [{ input: 'N', datasetParameter: 'M' }];
    const refused = await patch({ configuration: { inputMap } });
    expect(refused.json.errors).toMatchObject([{ name: 'MISMATCHED_PARAMS' }, { name: 'MISMATCHED_PARAMS' }]);
    expect((await api.send('PATCH', 'batches/4711/', { title: 'New' })).status).toBe(404);
  });

  it('judges one without making it', async () => {
    const judge = (definition: object) =>
      api.send('POST', 'batches/validation/', { recipe_type_id: type, definition });
    const before = (await api.get('batches/')).json.count;
    expect((await judge({ dataset })).json).toMatchObject({
      is_valid: true,
      errors: [],
      recipes_estimated: 3,
      recipe_type: { id: type, revision_num: 1 },
    });
    expect((await judge({ dataset: 4711 })).json).toMatchObject({
      is_valid: false,
      errors: [{ name: 'DATASET_NOT_FOUND' }],
    });
    expect((await api.get('batches/')).json.count).toBe(before);
  });

  it('tells what a re-processing would do, and compares the batches of a chain', async () => {
    const { id } = (await post({ recipe_type_id: type, definition: { dataset } })).json;
    const definition = { previous_batch: { root_batch_id: id } };
    const judged = await api.send('POST', 'batches/validation/', { recipe_type_id: type, definition });
    expect(judged.json.errors!.map(({ name }: { name: string }) => name)).toEqual([
      'PREV_BATCH_STILL_CREATING',
    ]);
    await api.db.query(`update batch set state = 'CREATED' where id = $1`, [id]);
    const empty = await api.send('POST', 'batches/validation/', { recipe_type_id: type, definition });
    expect(empty.json).toMatchObject({
      errors: [{ name: 'NO_RECIPES' }],
      prev_batch: { recipe_type_rev: { recipe_type: { id: type } }, diff: { can_be_reprocessed: true } },
    });
    const other = await api.send('POST', 'batches/validation/', { job_type_id: 1, definition });
    expect(other.json.errors).toMatchObject([{ name: 'MISMATCHED_JOB_TYPE' }]);
    const [second] = await api.db.query<{ id: number }>(
      `insert into batch (recipe_type_id, recipe_type_revision_id, definition, root_batch_id, runs_estimated)
       select recipe_type_id, recipe_type_revision_id, '{}', id, 2 from batch where id = $1 returning id`,
      [id],
    );
    await api.db.query(
      `insert into job (job_type_id, job_type_revision_id, status, timeout, input, batch_id, recipe_node)
       select id, (select max(id) from job_type_revision), 'COMPLETED', 60, '{}', $1, 'a' from job_type limit 1`,
      [second!.id],
    );
    await api.db.query(`insert into batch_time values ($1, 'a', 2, 7, 3, 4, 7200, 3600, 3600)`, [second!.id]);
    expect((await api.get(`batches/comparison/${id}/`)).json).toMatchObject({
      batches: [{ id }, { id: second!.id }],
      metrics: {
        recipes_estimated: [3, 2],
        jobs_total: [0, 1],
        job_metrics: {
          a: {
            jobs_completed: [0, 1],
            avg_seed_duration: [null, 'PT3.5S'],
            min_job_duration: [null, 'PT1H'],
          },
        },
      },
    });
    expect((await api.get('batches/comparison/4711/')).status).toBe(404);
  });

  it('judges one that runs the jobs of another one again', async () => {
    const [job] = await api.db.query<{ id: number }>('select id from job_type limit 1');
    const first = await post({ job_type_id: job!.id, definition: { dataset } });
    await api.db.query(`update batch set state = 'CREATED' where id = $1`, [first.json.id]);
    await api.db.query(
      `insert into job (job_type_id, job_type_revision_id, status, timeout, input, batch_id)
       select id, (select max(id) from job_type_revision), 'COMPLETED', 60, '{}', $1 from job_type limit 1`,
      [first.json.id],
    );
    const judge = async (more: object) => {
      const definition = { previous_batch: { root_batch_id: first.json.id }, ...more };
      return (await api.send('POST', 'batches/validation/', { job_type_id: job!.id, definition })).json;
    };
    expect(await judge({})).toEqual({
      ...{ is_valid: true, errors: [], warnings: [], recipes_estimated: 1 },
      prev_batch: { recipe_type_rev: null, diff: null },
    });
    expect(await judge({ forced_nodes: { all: false, nodes: ['a'] } })).toMatchObject({
      is_valid: false,
      errors: [{ name: 'INVALID_DEFINITION', description: expect.stringContaining('no nodes') }],
    });
  });

  it('knows no others', async () => {
    expect((await api.get('batches/4711/')).status).toBe(404);
    expect((await api.get('batches/?is_superseded=perhaps')).status).toBe(400);
  });
});
