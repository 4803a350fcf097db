import { describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { node, RecipeWorld } from '../../test/support/recipe-world.ts';
import { localWorkspace } from '../catalog/index.ts';

let api: TestApi;
withApi((started) => (api = started));

/** A recipe a → b, with c by itself, whose jobs have all completed. */
async function completed() {
  const world = new RecipeWorld(api.db, await localWorkspace(api.db));
  const job = await world.job();
  const nodes = { a: node(job), b: node(job, {}, { after: ['a'] }), c: node(job) };
  const type = await world.recipeType({ nodes });
  const recipe = await world.submit(type.revisionId);
  for (;;) {
    const [next] = await world.queued(recipe);
    if (!next) return { world, recipe, type: (type.node as { recipe_type_name: string }).recipe_type_name };
    await world.end(next.id);
  }
}

const post = (recipe: number, body: object, query = '') =>
  api.send('POST', `recipes/${recipe}/reprocess/${query}`, body);

describe('POST recipes/{id}/reprocess/', () => {
  it('makes a recipe that supersedes it, and says what of it runs again and why', async () => {
    const { world, recipe, type } = await completed();
    const answer = await post(recipe, { forced_nodes: { all: false, nodes: ['a'] } });
    expect(answer.status).toBe(202);
    const { id, nodes, ...rest } = answer.json;
    expect(answer.headers.location).toBe(`/v6/recipes/${id}/`);
    expect(rest).toEqual({
      recipe: { id: recipe },
      recipe_type: { id: expect.any(Number), name: type },
      previous_revision_num: 1,
      revision_num: 1,
    });
    const unchanged = { node_type: 'job', status: 'UNCHANGED', changes: [] };
    expect(nodes).toEqual([
      { name: 'a', ...unchanged, action: 'RUN', reason: 'It is forced' },
      { name: 'c', ...unchanged, action: 'CARRIED_OVER', reason: 'It has not changed' },
      { name: 'b', ...unchanged, action: 'RUN', reason: 'It depends on a, which runs again' },
    ]);
    expect(await world.states(id)).toEqual({ a: 'STARTED', b: 'WAITING', c: 'COMPLETED' });
    const [made] = await api.db.query(
      'select created_by, superseded_recipe_id as old from recipe where id = $1',
      [id],
    );
    expect(made).toEqual({ created_by: 'admin-token', old: recipe });
  });

  it('with dry_run tells the same and does nothing', async () => {
    const { recipe } = await completed();
    const body = { forced_nodes: { all: true }, revision_num: 1 };
    const dry = await post(recipe, body, '?dry_run=true');
    expect(dry.status).toBe(200);
    const [{ count }] = (await api.db.query('select count(*) from recipe where superseded_recipe_id = $1', [
      recipe,
    ])) as [{ count: number }];
    expect(count).toBe(0);
    const { id: _id, ...done } = (await post(recipe, body)).json;
    const { foreseen, ...told } = dry.json;
    expect(done).toEqual(told);
    expect(foreseen).toMatchObject([{ action: 'RUN' }, { action: 'RUN' }, { action: 'RUN' }]);
  });

  it('refuses what cannot be, by name', async () => {
    const { recipe } = await completed();
    expect((await post(recipe, {})).json).toMatchObject({ code: 'SB1183' });
    expect((await post(recipe, { forced_nodes: { all: false, nodes: ['x'] } })).json).toMatchObject({
      code: 'SB1182',
      detail: expect.stringContaining('UNKNOWN_NODE: the node x is to run again'),
    });
    expect((await post(recipe, { forced_nodes: {} })).json).toMatchObject({ code: 'SB1128' });
    expect(
      (await post(recipe, { forced_nodes: { all: false, sub_recipes: { r: { nodes: [] } } } })).status,
    ).toBe(400);
    expect((await post(recipe, { revision_num: 7 })).status).toBe(404);
    expect((await post(987_654_321, {})).status).toBe(404);
    expect((await post(recipe, { forced_nodes: { all: true } })).status).toBe(202);
    const again = await post(recipe, { forced_nodes: { all: true } });
    expect([again.status, again.json.code]).toEqual([400, 'SB1180']);
  });

  it('makes one recipe for requests with the same Idempotency-Key', async () => {
    const { recipe } = await completed();
    const send = () =>
      api.send(
        'POST',
        `recipes/${recipe}/reprocess/`,
        { forced_nodes: { all: true } },
        { 'Idempotency-Key': 'once' },
      );
    const [one, other] = [await send(), await send()];
    expect([other.status, other.json]).toEqual([202, one.json]);
  });
});
