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
  ])('refuses %s', async (_what, more, name) => {
    const { status, json } = await post({ recipe_type_id: type, definition: { dataset }, ...more() });
    expect([status, json.code, json.errors![0]?.name]).toEqual([400, 'SB1340', name]);
  });

  it('knows no others', async () => {
    expect((await api.get('batches/4711/')).status).toBe(404);
    expect((await api.get('batches/?is_superseded=perhaps')).status).toBe(400);
  });
});
