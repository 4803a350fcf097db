import { beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApi, withApi } from '../../test/support/api.ts';
import { jobNode, recipeNode, TestRecipes, type TestType } from '../../test/support/recipes.ts';

let api: TestApi;
withApi((started) => (api = started));

let rows: TestRecipes;
let type: TestType;
let batch: number;
let file: (name: string) => Promise<number>;

beforeAll(async () => {
  rows = new TestRecipes(api.db);
  type = await rows.jobType('cutter');
  batch = await rows.insert('batch', {
    ...{ job_type_id: type.id, job_type_revision_id: type.revision, definition: {}, state: 'CREATED' },
  });
  file = async (name) => {
    const octets = { 'Content-Type': 'application/octet-stream' };
    const { json } = await api.send('POST', `files/?name=${name}`, Buffer.from(name), octets);
    return json.id as number;
  };
});

const job = (files: Record<string, unknown>, more: object = {}) =>
  rows.insert('job', {
    ...{ job_type_id: type.id, job_type_revision_id: type.revision, status: 'COMPLETED', timeout: 60 },
    ...{ input: { version: '7', files: {}, json: {} }, output: { version: '7', files, json: {} } },
    ...{ batch_id: batch, ...more },
  });

interface Listed {
  readonly count: number;
  readonly next: string | null;
  readonly results: { id: number; file_name: string; sha256: string; of: Record<string, unknown> }[];
}
const list = async (path: string) => (await api.get(path)).json as unknown as Listed;

describe('batches/{id}/files/', () => {
  it('has each file by job, output and position, also one that another job made, and no deleted one', async () => {
    const [a, b, c, gone] = [await file('a'), await file('b'), await file('c'), await file('gone')];
    await api.db.query('update scale_file set is_deleted = true where id = $1', [gone]);
    const first = await job({ Z: [b, a], A: [gone] });
    const second = await job({ A: [a], B: c });
    await rows.insert('job', {
      ...{ job_type_id: type.id, job_type_revision_id: type.revision, status: 'RUNNING', timeout: 60 },
      ...{ input: {}, batch_id: batch },
    });
    const { count, next, results } = await list(`batches/${batch}/files/`);
    expect([count, next]).toEqual([5, null]);
    const of = (id: number, output: string, position: number) => ({
      ...{ job: { id }, recipe: null, path: [], output, position },
    });
    expect(results.map(({ id, of: given }) => [id, given])).toEqual([
      [b, of(first, 'Z', 0)],
      [a, of(first, 'Z', 1)],
      [a, of(second, 'A', 0)],
      [c, of(second, 'B', 0)],
    ]);
    expect(results[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    const filtered = await list(`batches/${batch}/files/?job_output=A&job_output=B&job_type_name=cutter`);
    expect(filtered.results.map(({ id }) => id)).toEqual([a, c]);
    expect(await list(`batches/${batch}/files/?job_type_name=other`)).toMatchObject({
      count: 0,
      results: [],
    });
  });

  it('is read by pages that neither lose nor repeat a file, also in the midst of a job', async () => {
    const ids = await Promise.all(['p', 'q', 'r'].map(file));
    await job({ MANY: ids });
    const whole = await list(`batches/${batch}/files/`);
    const read: unknown[] = [];
    for (let at: string | null = `batches/${batch}/files/?page_size=2`; at !== null;) {
      const page: Listed = await list(at);
      expect(page.count).toBe(whole.count);
      read.push(...page.results);
      at = page.next && page.next.slice(page.next.indexOf('/v6/'));
    }
    expect(read).toEqual(whole.results);
    for (const cursor of ['x', Buffer.from('[1]').toString('base64url')])
      expect((await api.get(`batches/${batch}/files/?cursor=${cursor}`)).status).toBe(400);
    expect((await api.get('batches/987654/files/')).status).toBe(404);
  });
});

describe('recipes/{id}/files/', () => {
  it('has those of recipes inside it, with the way down to them', async () => {
    const inner = await rows.recipeType('inner', { work: jobNode(type) });
    const outer = await rows.recipeType('outer', { sub: recipeNode(inner), own: jobNode(type) });
    const top = await rows.recipe(outer);
    const sub = await rows.node(top, 'sub', 'recipe', 'STARTED', { item: 3 });
    const part = await rows.recipe(inner, { recipe_id: top, root_recipe_id: top, recipe_node_id: sub });
    const [x, y] = [await file('x'), await file('y')];
    const add = async (recipe: number, node: string, id: number) => {
      const output = { version: '7', files: { OUT: [id] }, json: {} };
      const done = await rows.job(type, recipe, node, 'COMPLETED', { output, root_recipe_id: top });
      await rows.node(recipe, node, 'job', 'COMPLETED', { job_id: done });
      return done;
    };
    await add(top, 'own', x);
    await add(part, 'work', y);
    const { results } = await list(`recipes/${top}/files/`);
    expect(results.map(({ id, of }) => [id, of.recipe, of.path])).toEqual([
      [x, { id: top }, [{ name: 'own', item: null }]],
      [
        y,
        { id: top },
        [
          { name: 'sub', item: 3 },
          { name: 'work', item: null },
        ],
      ],
    ]);
    expect((await list(`recipes/${part}/files/`)).results.map(({ id }) => id)).toEqual([y]);
    expect((await list(`recipes/${top}/files/?recipe_node=own`)).results.map(({ id }) => id)).toEqual([x]);
    expect((await api.get('recipes/987654/files/')).status).toBe(404);
  });
});
