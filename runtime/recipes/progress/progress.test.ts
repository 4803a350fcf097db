import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import type { Queries } from '../../database/index.ts';
import { Plans } from '../plan/plans.ts';
import { condition, from, given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import { advanceOrLeave, catchUp, expandNext } from './advance.ts';

let world: RecipeWorld;
withDatabase((db, workspace) => (world = new RecipeWorld(db, workspace)));

const inFile = (name: string, more: object = {}) => ({ name, ...more });
const outFile = (name: string, more: object = {}) => ({ name, pattern: '*', ...more });
const one = { inputs: { files: [inFile('IN')] }, outputs: { files: [outFile('OUT')] } };
const recipeFile = { files: [{ name: 'F', media_types: [], required: true, multiple: false }], json: [] };
const recipeFiles = { files: [{ name: 'F', media_types: [], required: true, multiple: true }], json: [] };
const recipeNumber = { files: [], json: [{ name: 'N', type: 'integer', required: true }] } as const;

async function endAll(recipe: number, outputOf: (node: string) => object = () => ({})): Promise<number> {
  let ended = 0;
  for (;;) {
    const jobs = await world.queued(recipe);
    if (jobs.length === 0) return ended;
    for (const job of jobs) await world.end(job.id, 'COMPLETED', outputOf(job.node));
    ended += jobs.length;
  }
}

describe('a chain', () => {
  it('starts each job with what the one before it made, and completes with its outputs', async () => {
    const type = await world.job(one);
    const { revisionId } = await world.recipeType({
      input: recipeFile,
      output: { RESULT: { node: 'last', output: 'OUT' } },
      nodes: { first: node(type, { IN: given('F') }), last: node(type, { IN: from('first', 'OUT') }) },
    });
    const [file, product, final] = await world.files(3);
    const recipe = await world.submit(revisionId, { files: { F: [file!] } });
    expect(await world.nodes(recipe)).toEqual({
      first: { state: 'STARTED', status: 'QUEUED', blocked: false },
      last: { state: 'WAITING', status: 'PENDING', blocked: false },
    });
    const [first] = await world.queued(recipe);
    expect(first).toMatchObject({ node: 'first', input: { files: { IN: [file] }, json: {} } });
    await world.end(first!.id, 'COMPLETED', { files: { OUT: [product!] } });
    const [last] = await world.queued(recipe);
    expect(last).toMatchObject({ node: 'last', input: { files: { IN: [product] } } });
    const [resources] = await world.db.query('select resources, priority, max_tries from job where id = $1', [
      last!.id,
    ]);
    expect(resources).toMatchObject({ priority: 100, max_tries: 3 });
    const inputs = await world.db.query('select input_file_id as id from job_input_file where job_id = $1', [
      last!.id,
    ]);
    expect(inputs).toEqual([{ id: product }]);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: false, nodes_left: 1 });
    await world.end(last!.id, 'COMPLETED', { files: { OUT: [final!] } });
    expect(await world.recipe(recipe)).toMatchObject({
      is_completed: true,
      output: { files: { RESULT: [final] } },
    });
    const counters = { jobs_total: 2, jobs_completed: 2, jobs_failed: 0, sub_recipes_total: 0 };
    const [kept] = await world.db.query('select jobs_counted as counters from recipe where id = $1', [
      recipe,
    ]);
    expect(kept).toMatchObject({ counters });
    const told = await world.db.query(
      `select kind from event where entity = 'recipe' and entity_id = $1 order by id`,
      [recipe],
    );
    expect(told).toEqual([{ kind: 'created' }, { kind: 'completed' }]);
    expect(await world.disagreements()).toEqual([]);
  });

  it('blocks what hangs on a failed or canceled job, and goes on after a requeue', async () => {
    const type = await world.job();
    const { revisionId } = await world.recipeType({
      nodes: {
        a: node(type),
        b: node(type, {}, { after: ['a'] }),
        c: node(type, {}, { after: ['b'] }),
        d: node(type),
      },
    });
    const recipe = await world.submit(revisionId);
    const [a] = await world.queued(recipe);
    await world.end(a!.id, 'FAILED');
    expect(await world.nodes(recipe)).toMatchObject({
      a: { state: 'STUCK', status: 'FAILED' },
      b: { status: 'BLOCKED' },
      c: { status: 'BLOCKED' },
      d: { status: 'QUEUED' },
    });
    await world.act('requeue', a!.id);
    expect(await world.nodes(recipe)).toMatchObject({ b: { status: 'PENDING' }, c: { status: 'PENDING' } });
    await world.act('cancel', a!.id);
    expect(await world.states(recipe)).toMatchObject({ a: 'STUCK', b: 'BLOCKED', c: 'BLOCKED' });
    await world.act('requeue', a!.id);
    await endAll(recipe);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
    expect(await world.disagreements()).toEqual([]);
  });

  it('starts a job that was canceled before its turn once it is requeued', async () => {
    const type = await world.job();
    const { revisionId } = await world.recipeType({
      nodes: { a: node(type), b: node(type, {}, { after: ['a'] }) },
    });
    const recipe = await world.submit(revisionId);
    const [{ id: b }] = (await world.db.query<{ id: number }>(
      `select job_id as id from recipe_node where recipe_id = $1 and name = 'b'`,
      [recipe],
    )) as [{ id: number }];
    await world.act('cancel', b);
    const [a] = await world.queued(recipe);
    await world.end(a!.id);
    expect(await world.states(recipe)).toEqual({ a: 'COMPLETED', b: 'STUCK' });
    await world.act('requeue', b);
    expect(await world.nodes(recipe)).toMatchObject({ b: { state: 'STARTED', status: 'QUEUED' } });
    await endAll(recipe);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
  });

  it('lets a node that two parents release at once run once', async () => {
    const type = await world.job();
    const { revisionId } = await world.recipeType({
      nodes: { a: node(type), b: node(type), c: node(type, {}, { after: ['a', 'b'] }) },
    });
    for (let round = 0; round < 5; round += 1) {
      const recipe = await world.submit(revisionId);
      await Promise.all((await world.queued(recipe)).map(({ id }) => world.end(id)));
      expect((await world.queued(recipe)).map(({ node: name }) => name)).toEqual(['c']);
      await endAll(recipe);
    }
    expect(await world.disagreements()).toEqual([]);
  });
});

/** A transaction that ends with an error instead of its statement number `limit`, as a kill at that moment would end it. */
function dyingAt(tx: Queries, limit: number): { tx: Queries; statements: () => number } {
  let count = 0;
  const counted =
    <Arguments extends unknown[], Value>(work: (...given: Arguments) => Promise<Value>) =>
    (...given: Arguments) => {
      count += 1;
      return count === limit ? Promise.reject(new Error('killed')) : work(...given);
    };
  const queries = {
    query: counted(tx.query.bind(tx)),
    prepared: counted(tx.prepared.bind(tx)),
    execute: counted(tx.execute.bind(tx)),
  } as Queries;
  return { tx: queries, statements: () => count };
}

describe('the end of a job', () => {
  it('happens whole or not at all, wherever the runtime is killed', async () => {
    const type = await world.job();
    const numbers = await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } });
    const part = await world.recipeType({ nodes: { inner: node(type) } });
    const { revisionId } = await world.recipeType({
      input: { files: [], json: [...recipeNumber.json, { name: 'L', type: 'array', required: true }] },
      nodes: {
        first: node(type),
        check: node(condition({}, { json: [...recipeNumber.json] }), { N: given('N') }, { after: ['first'] }),
        yes: node(type, {}, { after: { check: true } }),
        no: node(type, {}, { after: { check: false } }),
        each: node(numbers, { N: given('L') }, { after: ['first'], forEach: { input: 'N', require: 'all' } }),
        part: node(part.node, {}, { after: ['first'] }),
      },
    });
    const recipe = await world.submit(revisionId, { json: { N: 1, L: [1, 2] } });
    const [first] = await world.queued(recipe);
    const before = await world.states(recipe);
    const end = (limit: number) =>
      world.db.transaction(async (tx) => {
        await tx.query(`update job set status = 'COMPLETED' where id = $1`, [first!.id]);
        const dying = dyingAt(tx, limit);
        await world.changeIn(dying.tx, [first!.id]);
        return dying.statements();
      });
    const all = await world.db
      .transaction(async (tx) => {
        await tx.query(`update job set status = 'COMPLETED' where id = $1`, [first!.id]);
        const dying = dyingAt(tx, Infinity);
        await world.changeIn(dying.tx, [first!.id]);
        throw Object.assign(new Error('not yet'), { statements: dying.statements() });
      })
      .catch((thrown: { statements: number }) => thrown.statements);
    expect(all).toBeGreaterThan(10);
    for (let limit = 1; limit <= all; limit += 1) {
      await expect(end(limit)).rejects.toThrow('killed');
      expect(await world.states(recipe)).toEqual(before);
    }
    await end(Infinity);
    expect(await world.states(recipe)).toEqual({
      ...{ first: 'COMPLETED', check: 'COMPLETED', yes: 'STARTED', no: 'SKIPPED' },
      ...{ each: 'STARTED', part: 'STARTED' },
    });
    expect(await world.queued(recipe)).toHaveLength(4);
    expect(await world.disagreements()).toEqual([]);
  });

  it('touches only the nodes that hang on it, however many others there are', async () => {
    const type = await world.job();
    const cost = async (others: number) => {
      const nodes = Array.from({ length: others }, (_, at) => [
        [`x${at}`, node(type)],
        [`y${at}`, node(type, {}, { after: [`x${at}`] })],
      ]).flat() as [string, ReturnType<typeof node>][];
      const { revisionId } = await world.recipeType({
        nodes: { a: node(type), b: node(type, {}, { after: ['a'] }), ...Object.fromEntries(nodes) },
      });
      const recipe = await world.submit(revisionId);
      const a = (await world.queued(recipe)).find(({ node: name }) => name === 'a')!;
      return world.db.transaction(async (tx) => {
        const written = async () => {
          const [row] = await tx.query<{ rows: number }>(
            `select sum(n_tup_upd + n_tup_ins)::int as rows from pg_stat_xact_user_tables
             where relname in ('recipe', 'recipe_node', 'job')`,
          );
          return row!.rows;
        };
        await tx.query(`update job set status = 'COMPLETED' where id = $1`, [a.id]);
        const [before, counting] = [await written(), dyingAt(tx, Infinity)];
        await world.changeIn(counting.tx, [a.id]);
        return { statements: counting.statements(), written: (await written()) - before };
      });
    };
    const small = await cost(1);
    expect(small.written).toBeGreaterThan(0);
    expect(await cost(200)).toEqual(small);
  });
});

describe('a condition', () => {
  const branches = async (after: Record<string, Record<string, boolean>>) => {
    const type = await world.job();
    return world.recipeType({
      input: recipeNumber,
      nodes: {
        check: node(condition({}, { json: [{ name: 'N', type: 'integer', required: true }] }), {
          N: given('N'),
        }),
        ...Object.fromEntries(
          Object.entries(after).map(([name, on]) => [name, node(type, {}, { after: on })]),
        ),
      },
    });
  };

  it('runs the branch of its verdict and skips the other, with all that hangs on that', async () => {
    const { revisionId } = await branches({
      yes: { check: true },
      no: { check: false },
      afterNo: { no: true },
      parent: {},
      ignored: { parent: false },
    });
    for (const [n, expected] of [
      [1, { yes: 'COMPLETED', no: 'SKIPPED', afterNo: 'SKIPPED', ignored: 'COMPLETED' }],
      [2, { yes: 'SKIPPED', no: 'COMPLETED', afterNo: 'COMPLETED', ignored: 'COMPLETED' }],
    ] as const) {
      const recipe = await world.submit(revisionId, { json: { N: n } });
      await endAll(recipe);
      expect(await world.states(recipe)).toMatchObject({ check: 'COMPLETED', ...expected });
      const reasons = await world.db.query(
        'select name, reason from recipe_node where recipe_id = $1 and reason is not null order by id',
        [recipe],
      );
      expect(reasons).toEqual(
        n === 1
          ? [
              { name: 'no', reason: 'the condition check accepted what it was given' },
              { name: 'afterNo', reason: 'no was skipped' },
            ]
          : [{ name: 'yes', reason: 'the condition check rejected what it was given' }],
      );
      expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
    }
    expect(await world.disagreements()).toEqual([]);
  });

  it('passes on what it was given, and is decided by what the catalogue says when its turn comes', async () => {
    const type = await world.job(one);
    const { revisionId } = await world.recipeType({
      input: recipeFile,
      nodes: {
        parse: node(type, { IN: given('F') }),
        check: node(
          condition(
            { name: 'X', type: 'meta-data', condition: '==', fields: [['cloud']], values: [[3]] },
            { files: recipeFile.files.map((file) => ({ ...file, name: 'X' })) },
          ),
          { X: given('F') },
          { after: ['parse'] },
        ),
        use: node(type, { IN: from('check', 'X') }),
      },
    });
    const [file] = await world.files(1, 'a.txt', { cloud: 90 });
    const recipe = await world.submit(revisionId, { files: { F: [file!] } });
    const [parse] = await world.queued(recipe);
    await world.change([parse!.id], (tx) =>
      tx.query(`update scale_file set meta_data = '{"cloud": 3}' where id = $1`, [file]),
    );
    await world.end(parse!.id);
    expect(await world.queued(recipe)).toMatchObject([{ node: 'use', input: { files: { IN: [file] } } }]);
  });

  it('leads two branches together again where only inputs that may be missing come from them', async () => {
    const type = await world.job(one);
    const join = await world.job({
      inputs: { files: [inFile('A', { required: false }), inFile('B', { required: false })] },
    });
    const { revisionId } = await world.recipeType({
      input: { files: recipeFile.files, json: recipeNumber.json },
      nodes: {
        check: node(condition({}, { json: [...recipeNumber.json] }), { N: given('N') }),
        yes: node(type, { IN: given('F') }, { after: { check: true } }),
        no: node(type, { IN: given('F') }, { after: { check: false } }),
        join: node(join, { A: from('yes', 'OUT'), B: from('no', 'OUT') }),
      },
    });
    const [file, product] = await world.files(2);
    const recipe = await world.submit(revisionId, { files: { F: [file!] }, json: { N: 7 } });
    const [no] = await world.queued(recipe);
    expect(no).toMatchObject({ node: 'no' });
    await world.end(no!.id, 'COMPLETED', { files: { OUT: [product!] } });
    expect(await world.queued(recipe)).toMatchObject([{ node: 'join', input: { files: { B: [product] } } }]);
  });
});

describe('forEach', () => {
  const many = async (more: object = {}, job = one) => {
    const type = await world.job(job);
    const join = await world.job({ inputs: { files: [inFile('ALL', { multiple: true })] } });
    return world.recipeType({
      input: recipeFiles,
      output: { ALL: { node: 'each', output: 'OUT' } },
      nodes: {
        each: node(type, { IN: given('F') }, { forEach: { input: 'IN', require: 'all', ...more } }),
        join: node(join, { ALL: from('each', 'OUT') }),
      },
    });
  };

  it('runs once for each file, and joins the outputs in the order of the input', async () => {
    const { revisionId } = await many();
    const [files, products] = [await world.files(5), await world.files(5)];
    const recipe = await world.submit(revisionId, { files: { F: files } });
    const jobs = await world.queued(recipe);
    expect(jobs.map(({ input }) => input.files.IN)).toEqual(files.map((id) => [id]));
    for (const at of [3, 0, 4, 1, 2])
      await world.end(jobs[at]!.id, 'COMPLETED', { files: { OUT: [products[at]!] } });
    expect(await world.queued(recipe)).toMatchObject([{ node: 'join', input: { files: { ALL: products } } }]);
    await endAll(recipe);
    expect(await world.recipe(recipe)).toMatchObject({
      is_completed: true,
      output: { files: { ALL: products } },
    });
    expect(await world.disagreements()).toEqual([]);
  });

  it('of no element completes at once', async () => {
    const type = await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } });
    const { revisionId } = await world.recipeType({
      input: { files: [], json: [{ name: 'L', type: 'array', required: true }] },
      nodes: { each: node(type, { N: given('L') }, { forEach: { input: 'N', require: 'all' } }) },
    });
    const none = await world.submit(revisionId, { json: { L: [] } });
    expect(await world.recipe(none)).toMatchObject({ is_completed: true });
    const two = await world.submit(revisionId, { json: { L: [7, 8] } });
    expect((await world.queued(two)).map(({ input }) => input.json)).toEqual([{ N: 7 }, { N: 8 }]);
  });

  it('keeps to its limit of runs at once', async () => {
    const { revisionId } = await many({ concurrency: 2 });
    const recipe = await world.submit(revisionId, { files: { F: await world.files(5) } });
    for (let ended = 0; ended < 5; ended += 1) {
      const jobs = await world.queued(recipe);
      expect(jobs).toHaveLength(Math.min(2, 5 - ended));
      await world.end(jobs[0]!.id, 'COMPLETED', { files: { OUT: await world.files(1) } });
    }
    expect((await world.queued(recipe)).map(({ node: name }) => name)).toEqual(['join']);
  });

  it('fails with the first run where all must succeed, and goes on after its requeue', async () => {
    const { revisionId } = await many();
    const recipe = await world.submit(revisionId, { files: { F: await world.files(3) } });
    const jobs = await world.queued(recipe);
    await world.end(jobs[1]!.id, 'FAILED');
    expect(await world.nodes(recipe)).toMatchObject({
      each: { state: 'STUCK' },
      join: { status: 'BLOCKED' },
    });
    await world.act('requeue', jobs[1]!.id);
    expect(await world.nodes(recipe)).toMatchObject({
      each: { state: 'STARTED' },
      join: { status: 'PENDING' },
    });
    await endAll(recipe);
    expect(await world.states(recipe)).toMatchObject({ each: 'COMPLETED' });
  });

  it('goes without failed runs where fewer suffice', async () => {
    for (const [require, failures, state] of [
      ['any', 3, 'COMPLETED'],
      ['any', 4, 'STUCK'],
      [0.5, 2, 'COMPLETED'],
      [0.5, 3, 'STUCK'],
    ] as const) {
      const { revisionId } = await many({ require });
      const products = await world.files(4);
      const recipe = await world.submit(revisionId, { files: { F: await world.files(4) } });
      for (const [at, { id }] of (await world.queued(recipe)).entries())
        await world.end(id, at < failures ? 'FAILED' : 'COMPLETED', { files: { OUT: [products[at]!] } });
      expect(await world.states(recipe)).toMatchObject({ each: state });
      const [join] = await world.queued(recipe);
      expect(join?.input.files.ALL).toEqual(state === 'COMPLETED' ? products.slice(failures) : undefined);
    }
    expect(await world.disagreements()).toEqual([]);
  });

  it('lets a condition pick the elements that are passed on', async () => {
    const type = await world.job(one);
    const { revisionId } = await world.recipeType({
      input: recipeFiles,
      nodes: {
        pick: node(
          condition(
            { name: 'X', type: 'filename', condition: 'contains', values: ['good'] },
            {
              files: [{ name: 'X', media_types: [], required: true, multiple: false }],
            },
          ),
          { X: given('F') },
          { forEach: { input: 'X', require: 'all' } },
        ),
        each: node(type, { IN: from('pick', 'X') }, { forEach: { input: 'IN', require: 'all' } }),
      },
    });
    const good = [...(await world.files(1, 'good-1')), ...(await world.files(1, 'good-2'))];
    const bad = await world.files(1, 'bad');
    const recipe = await world.submit(revisionId, { files: { F: [good[0]!, bad[0]!, good[1]!] } });
    expect((await world.queued(recipe)).map(({ input }) => input.files.IN)).toEqual(good.map((id) => [id]));
    const none = await world.submit(revisionId, { files: { F: bad } });
    expect(await world.states(none)).toEqual({ pick: 'COMPLETED', each: 'SKIPPED' });
    expect(await world.recipe(none)).toMatchObject({ is_completed: true });
  });

  it('starts as many runs as one transaction may, and the others after it', async () => {
    const { revisionId } = await many();
    const files = await world.files(1203);
    const recipe = await world.submit(revisionId, { files: { F: files } });
    expect(await world.queued(recipe)).toHaveLength(500);
    while (await expandNext(world.db, world.context));
    expect((await world.queued(recipe)).map(({ input }) => input.files.IN![0])).toEqual(files);
  });
});

describe('a sub-recipe', () => {
  it('gives its outputs to the nodes after it, also at several levels and for each element', async () => {
    const type = await world.job(one);
    const inner = await world.recipeType({
      input: recipeFile,
      output: { OUT: { node: 'work', output: 'OUT' } },
      nodes: { work: node(type, { IN: given('F') }) },
    });
    const middle = await world.recipeType({
      input: recipeFiles,
      output: { OUT: { node: 'each', output: 'OUT' } },
      nodes: { each: node(inner.node, { F: given('F') }, { forEach: { input: 'F', require: 'all' } }) },
    });
    const join = await world.job({ inputs: { files: [inFile('ALL', { multiple: true })] } });
    const { revisionId } = await world.recipeType({
      input: recipeFiles,
      nodes: { sub: node(middle.node, { F: given('F') }), join: node(join, { ALL: from('sub', 'OUT') }) },
    });
    const [files, products] = [await world.files(3), await world.files(3)];
    const recipe = await world.submit(revisionId, { files: { F: files } });
    const jobs = await world.queued(recipe);
    expect(jobs).toHaveLength(3);
    await world.end(jobs[2]!.id, 'FAILED');
    expect(await world.nodes(recipe)).toMatchObject({ sub: { state: 'STUCK' }, join: { status: 'BLOCKED' } });
    await world.act('requeue', jobs[2]!.id);
    expect(await world.nodes(recipe)).toMatchObject({
      sub: { state: 'STARTED' },
      join: { status: 'PENDING' },
    });
    for (const [at, { id }] of jobs.entries())
      await world.end(id, 'COMPLETED', { files: { OUT: [products[at]!] } });
    expect(await world.queued(recipe)).toMatchObject([{ node: 'join', input: { files: { ALL: products } } }]);
    await endAll(recipe);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
    expect(await world.disagreements()).toEqual([]);
  });

  it('without nodes completes at once', async () => {
    const empty = await world.recipeType({});
    const { revisionId } = await world.recipeType({
      nodes: { a: node(empty.node), b: node(empty.node, {}, { after: ['a'] }) },
    });
    expect(await world.recipe(await world.submit(revisionId))).toMatchObject({ is_completed: true });
  });
});

describe('a job of a recipe', () => {
  it('has the configuration of its node over that of the recipe over that of its type', async () => {
    const type = await world.job({ settings: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] });
    const name = (type as { job_type_name: string }).job_type_name;
    await world.db.query('update job_type set configuration = $2 where name = $1', [
      name,
      JSON.stringify({ priority: 70, settings: { A: 'type', B: 'type', C: 'type' } }),
    ]);
    const configuration = {
      priority: 3,
      max_tries: 9,
      timeout: 5,
      resources: { mem: 321 },
      settings: { C: 'node' },
    };
    const { revisionId } = await world.recipeType({
      nodes: {
        own: node(type, {}, { configuration }),
        plain: node(type),
        late: node(type, {}, { after: ['plain'], configuration }),
      },
    });
    const recipe = await world.submit(
      revisionId,
      {},
      { priority: 50, settings: { B: 'recipe', C: 'recipe' } },
    );
    await world.end((await world.queued(recipe)).find(({ node: one }) => one === 'plain')!.id);
    const rows = await world.db.query(
      `select recipe_node as node, priority, max_tries, timeout, resources->'mem' as mem, configuration->'settings' as settings
       from job where recipe_id = $1 order by recipe_node`,
      [recipe],
    );
    const special = {
      priority: 3,
      max_tries: 9,
      timeout: 5,
      mem: 321,
      settings: { B: 'recipe', C: 'node' },
    };
    expect(rows).toEqual([
      { node: 'late', ...special },
      { node: 'own', ...special },
      {
        node: 'plain',
        priority: 50,
        max_tries: 3,
        timeout: 60,
        mem: 128,
        settings: { B: 'recipe', C: 'recipe' },
      },
    ]);
  });

  it('waits for a setting that has no value', async () => {
    const type = await world.job({ settings: [{ name: 'LACKING' }] });
    const { revisionId } = await world.recipeType({ nodes: { a: node(type) } });
    const recipe = await world.submit(revisionId);
    expect(await world.nodes(recipe)).toEqual({ a: { state: 'STARTED', status: 'PENDING', blocked: false } });
  });

  it('of a recipe that cannot be carried on ends nevertheless, and so do those of others', async () => {
    const type = await world.job();
    const after = { a: node(type), b: node(type, {}, { after: ['a'] }) };
    const [broken, sound] = [
      await world.recipeType({ nodes: after }),
      await world.recipeType({ nodes: after }),
    ];
    const recipes = [await world.submit(broken.revisionId), await world.submit(sound.revisionId)] as const;
    const jobs = await Promise.all(recipes.map(async (recipe) => (await world.queued(recipe))[0]!.id));
    const definition = `update recipe_type_revision set definition = $2 where id = $1 returning definition`;
    await world.db.query(definition, [broken.revisionId, '{"nodes": {"a": {}}}']);
    const fresh = { ...world.context, plans: new Plans() };
    await world.db.transaction(async (tx) => {
      await tx.query(`update job set status = 'COMPLETED' where id = any($1)`, [jobs]);
      await advanceOrLeave(tx, fresh, jobs);
    });
    expect(await world.states(recipes[0])).toEqual({ a: 'STARTED', b: 'WAITING' });
    expect(await world.states(recipes[1])).toEqual({ a: 'COMPLETED', b: 'STARTED' });
    expect(
      await world.db.query('select 1 from job where id = any($1) and status = $2', [jobs, 'COMPLETED']),
    ).toHaveLength(2);
    await world.db.query(definition, [
      broken.revisionId,
      JSON.stringify({ version: '7', input: { files: [], json: [] }, output: {}, nodes: after }),
    ]);
    expect(await catchUp(world.db, fresh)).toBe(1);
    expect(await world.states(recipes[0])).toEqual({ a: 'COMPLETED', b: 'STARTED' });
  });

  it('that ended while nobody told its recipe is caught up with', async () => {
    const type = await world.job();
    const { revisionId } = await world.recipeType({ nodes: { a: node(type) } });
    const recipe = await world.submit(revisionId);
    const [job] = await world.queued(recipe);
    await world.db.query(`update job set status = 'COMPLETED' where id = $1`, [job!.id]);
    expect(await catchUp(world.db, world.context)).toBeGreaterThan(0);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
    expect(await catchUp(world.db, world.context)).toBe(0);
  });
});
