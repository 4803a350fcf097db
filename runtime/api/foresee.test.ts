import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../test/support/api.ts';
import { eventually } from '../../test/support/scheduler.ts';
import { ReuseWorld } from '../../test/support/reuse-world.ts';

let world: ReuseWorld;
let api: TestApi;
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
  api = await startApi(world.db);
  const made = await api.send('POST', 'recipe-types/', { title: 'chain', definition });
  if (made.status !== 201) throw new Error(made.body.toString());
});
afterAll(async () => {
  await api.close();
  await world.close();
});

const mixes = { node_type: 'job', job_type_name: 'mixes', job_type_version: '1.0.0' };
/** first → second, in the other order than they are written. */
const definition = {
  input: { files: [{ name: 'FILE' }], json: [{ name: 'N', type: 'integer', required: true }] },
  nodes: {
    second: {
      node_type: mixes,
      dependencies: [{ name: 'first' }],
      input: { B: { type: 'dependency', node: 'first', output: 'OUT' } },
    },
    first: {
      node_type: mixes,
      input: { A: { type: 'recipe', input: 'FILE' }, N: { type: 'recipe', input: 'N' } },
    },
  },
};

interface Told {
  readonly run: number;
  readonly reuse: number;
  readonly nodes: readonly { readonly name: string; readonly action: string; readonly reason: string }[];
}
const settings = { SALT: 'x', PEPPER: null };
const post = (file: number, n: number, more: object = {}) => ({
  recipe_type_name: 'chain',
  input: { version: '7', files: { FILE: [file] }, json: { N: n } },
  configuration: { settings: { SALT: 'x' } },
  ...more,
});
const told = async (body: object): Promise<Told> => {
  const { status, json } = await api.send('POST', 'recipes/?dry_run=true', body);
  expect({ status, json }).toMatchObject({ status: 200 });
  return json as unknown as Told;
};
const count = async (table: string) => (await world.db.query(`select 1 from ${table}`)).length;
const run = async (body: object): Promise<number> => {
  const { id } = (await api.send('POST', 'recipes/', body)).json as { id: number };
  world.wake();
  await eventually('the end of the recipe', async () => {
    const rows = await world.db.query<{ status: string }>('select status from job where recipe_id = $1', [
      id,
    ]);
    return rows.length === 2 && rows.every(({ status }) => status === 'COMPLETED');
  });
  return id;
};
const actions = ({ nodes }: Told) => Object.fromEntries(nodes.map(({ name, action }) => [name, action]));
const reasons = ({ nodes }: Told) => Object.fromEntries(nodes.map(({ name, reason }) => [name, reason]));

describe('a dry run', () => {
  let file: number;
  let recipe: number;
  let firstJob: number;
  beforeAll(async () => {
    file = await world.file('a');
    await world.db.query(`update job_type set configuration = $1 where id = $2`, [
      JSON.stringify({ settings }),
      world.type.jobTypeId,
    ]);
  });

  it('tells that all runs while nothing was done, and leaves nothing behind', async () => {
    const before = [await count('recipe'), await count('job'), await count('job_exe'), await count('event')];
    const plan = await told(post(file, 1, { reuse: true }));
    expect(plan).toMatchObject({ run: 2, reuse: 0, recipe_type: { name: 'chain' } });
    expect(reasons(plan).second).toBe('It depends on first, which runs');
    expect([await count('recipe'), await count('job'), await count('job_exe'), await count('event')]).toEqual(
      before,
    );
  });

  it('tells what is reused, also of what hangs on that, exactly as it is then done', async () => {
    recipe = await run(post(file, 1));
    const plan = await told(post(file, 1, { reuse: true }));
    expect(actions(plan)).toEqual({ first: 'REUSE', second: 'REUSE' });
    const [row] = await world.db.query<{ id: number }>(
      `select id from job where recipe_id = $1 and recipe_node = 'first'`,
      [recipe],
    );
    firstJob = row!.id;
    expect(reasons(plan).first).toBe(`Job ${firstJob} did the same work`);
    const launched = world.launched.length;
    await run(post(file, 1, { reuse: true }));
    expect(world.launched.length).toBe(launched);
  });

  it('names what differs where something runs, and that reuse is off', async () => {
    const changed = await told(post(file, 2, { reuse: true }));
    expect(actions(changed)).toEqual({ first: 'RUN', second: 'RUN' });
    expect(reasons(changed).first).toBe(`json.N differs from job ${firstJob}`);
    const off = await told(post(file, 1));
    expect(reasons(off).first).toBe(`Job ${firstJob} did the same work, and it is not told to reuse that`);
  });

  it('of a re-processing says the same of its nodes', async () => {
    await world.db.query('update job_type set reuse = true where id = $1', [world.type.jobTypeId]);
    const { status, json } = await api.send('POST', `recipes/${recipe}/reprocess/?dry_run=true`, {
      forced_nodes: { all: false, nodes: ['second'] },
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({ recipe: { id: recipe }, nodes: expect.any(Array) });
    const { foreseen: nodes } = json as unknown as { foreseen: Told['nodes'] };
    expect(actions({ nodes } as Told)).toEqual({ first: 'KEEP', second: 'RUN' });
    expect(reasons({ nodes } as Told).second).toMatch(/^Job \d+ did the same work, and it is forced$/);
    const [old] = await world.db.query('select is_superseded from recipe where id = $1', [recipe]);
    expect(old).toEqual({ is_superseded: false });
  });

  it('of a batch tells of each of its first recipes, and begins none', async () => {
    const [type] = await world.db.query<{ id: number }>(`select id from recipe_type where name = 'chain'`);
    const body = {
      ...{ name: 'foreseen', recipe_type_id: type!.id, definition: { tasks: true } },
      configuration: { reuse: true },
    };
    const batch = (await api.send('POST', 'batches/', body)).json as { id: number };
    const task = (n: number) => ({
      input: { files: { FILE: [file] }, json: { N: n } },
      configuration: { settings: { SALT: 'x' } },
    });
    const tasks = [task(1), task(8), task(1), task(9)];
    expect((await api.send('POST', 'tasks/bulk/', { batch: 'foreseen', tasks })).status).toBe(200);
    const before = [await count('recipe'), await count('job'), await count('event')];
    const { status, json } = await api.send('GET', `batches/${batch.id}/foreseen/?limit=3`);
    expect({ status, json }).toMatchObject({
      status: 200,
      json: {
        ...{ runs_estimated: 4, looked_at: 3, refused: 0, run: 1, reuse: 4, depend: 1 },
        whole: { members: 4, refused: 0, run: 2, reuse: 4, depend: 2, skip: 0, unknown: 0 },
        runs: [
          { run: 0, reuse: 2, reason: `Job ${firstJob} did the same work` },
          { run: 1, depend: 1, reason: expect.stringMatching(/^json\.N differs from job \d+$/) },
          { run: 0, reuse: 2 },
        ],
      },
    });
    expect([await count('recipe'), await count('job'), await count('event')]).toEqual(before);
    const staged = await world.db.query(`select distinct state from task where batch_id = $1`, [batch.id]);
    expect(staged).toEqual([{ state: 'STAGED' }]);
    expect((await api.send('GET', 'batches/987654/foreseen/')).status).toBe(404);
  });

  it('of a batch of recipes with forEach tells of the first ones only, and says why', async () => {
    const fan = {
      input: { files: [{ name: 'FILE' }], json: [{ name: 'L', type: 'array', required: true }] },
      nodes: {
        part: {
          node_type: { node_type: 'recipe', recipe_type_name: 'solo' },
          input: { FILE: { type: 'recipe', input: 'FILE' } },
        },
        each: { node_type: mixes, input: { N: { type: 'recipe', input: 'L' } }, forEach: { input: 'N' } },
      },
    };
    const solo = {
      input: { files: [{ name: 'FILE' }] },
      nodes: { blur: { node_type: mixes, input: { A: { type: 'recipe', input: 'FILE' } } } },
    };
    await api.send('POST', 'recipe-types/', { title: 'solo', definition: solo });
    expect(await api.send('POST', 'recipe-types/', { title: 'fan', definition: fan })).toMatchObject({
      status: 201,
    });
    const [type] = await world.db.query<{ id: number }>(`select id from recipe_type where name = 'fan'`);
    const body = { name: 'fans', recipe_type_id: type!.id, definition: { tasks: true } };
    const batch = (await api.send('POST', 'batches/', body)).json as { id: number };
    const tasks = [1, 2, 3].map((n) => ({ input: { files: { FILE: [file] }, json: { L: [n, n + 100] } } }));
    expect((await api.send('POST', 'tasks/bulk/', { batch: 'fans', tasks })).status).toBe(200);
    const { json } = await api.send('GET', `batches/${batch.id}/foreseen/?limit=2`);
    const { whole } = json as unknown as { whole: { nodes: { name: string; reasons: object[] }[] } };
    expect(whole).toMatchObject({ members: 3, unknown: 1 });
    expect(whole.nodes.map(({ name }) => name).sort()).toEqual(['', 'each', 'part/blur']);
    expect(whole.nodes.find(({ name }) => name === '')!.reasons).toEqual([
      {
        action: 'UNKNOWN',
        reason: 'Of recipes with a forEach, as at each, only the first ones are decided on',
        count: 1,
      },
    ]);
  });

  it('of a batch that is not there yet makes none', async () => {
    const [type] = await world.db.query<{ id: number }>(`select id from recipe_type where name = 'chain'`);
    const dataset = await api.send('POST', 'datasets/', {
      definition: { parameters: { files: [{ name: 'FILE' }], json: [{ name: 'N', type: 'integer' }] } },
      data: [{ version: '7', files: { FILE: [file] }, json: { N: 1 } }],
    });
    const wanted = {
      recipe_type_id: type!.id,
      definition: { dataset: (dataset.json as { id: number }).id },
      configuration: { reuse: true },
    };
    const before = await count('batch');
    const { json } = await api.send('POST', 'batches/?dry_run=true', wanted);
    expect(json).toMatchObject({ runs_estimated: 1, looked_at: 1, run: 0, reuse: 2 });
    expect(await count('batch')).toBe(before);
    expect((await api.send('POST', 'batches/?dry_run=true', { ...wanted, definition: {} })).status).toBe(400);
  });

  it('is refused for what would be refused', async () => {
    expect((await api.send('POST', 'recipes/?dry_run=true', post(987_654, 1))).status).toBe(400);
  });
});
