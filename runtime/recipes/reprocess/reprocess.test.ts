import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { condition, from, given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import type { DefinedNode, ForcedNodes, RecipeDefinition } from '../../../seed-schema/index.ts';
import { claim, type Execution } from '../../jobs/index.ts';
import { recipeCounts } from '../read/index.ts';
import { planOfReprocess, type Reprocessed, reprocessRecipe } from './reprocess.ts';

let world: RecipeWorld;
withDatabase((db, workspace) => (world = new RecipeWorld(db, workspace)));

const none: ForcedNodes = { all: false };
const one = { inputs: { files: [{ name: 'IN' }] }, outputs: { files: [{ name: 'OUT', pattern: '*' }] } };
const recipeFile = { files: [{ name: 'F', media_types: [], required: true, multiple: false }], json: [] };
const recipeNumber = { files: [], json: [{ name: 'N', type: 'integer', required: true }] } as const;
/** Makes it another node, that runs the same. */
const other = { configuration: { priority: 7 } } as const;

/** The next revision of a recipe type. */
async function revise(revisionId: number, definition: Partial<RecipeDefinition>): Promise<number> {
  const [row] = await world.db.query<{ id: number }>(
    `with old as (select recipe_type_id as type, definition from recipe_type_revision where id = $1), raised as (
       update recipe_type t set revision_num = revision_num + 1 from old where t.id = old.type returning t.id, t.revision_num
     )
     insert into recipe_type_revision (recipe_type_id, revision_num, definition)
     select raised.id, raised.revision_num, old.definition || $2::jsonb from raised cross join old returning id`,
    [revisionId, JSON.stringify(definition)],
  );
  return row!.id;
}

const reprocess = (recipeId: number, forced = none, revisionNum?: number): Promise<Reprocessed> =>
  world.db.transaction((tx) =>
    reprocessRecipe(tx, world.context, { recipeId, forced, revisionNum, actor: 'joe' }),
  );

/** A published product of a job. @returns its id */
async function product(jobId: number): Promise<number> {
  const [file] = await world.files(1);
  await world.db.query(
    `update scale_file set file_type = 'PRODUCT', job_id = $2, has_been_published = true, is_published = true, published = now()
     where id = $1`,
    [file, jobId],
  );
  return file!;
}

/** Ends a job with a product of its own. */
async function produce(jobId: number): Promise<void> {
  await world.end(jobId, 'COMPLETED', { files: { OUT: [await product(jobId)] } });
}

/** Runs what can run, or only these nodes, in turn. @returns nodes in the order in which they ran */
async function produceAll(recipe: number, only?: readonly string[]): Promise<string[]> {
  const ran: string[] = [];
  for (;;) {
    const job = (await world.queued(recipe)).find(({ node: name }) => only?.includes(name) ?? true);
    if (!job) return ran;
    await produce(job.id);
    ran.push(job.node);
  }
}

interface NodeRow {
  readonly state: string;
  readonly job: number | null;
  readonly sub: number | null;
  readonly original: boolean;
}

async function rows(recipe: number): Promise<Record<string, NodeRow>> {
  const found = await world.db.query<NodeRow & { name: string }>(
    `select name, state, job_id as job, sub_recipe_id as sub, is_original as original
     from recipe_node where recipe_id = $1 and item = -1 order by id`,
    [recipe],
  );
  return Object.fromEntries(found.map(({ name, ...row }) => [name, row]));
}

/** Nodes of a recipe whose products are published, in those of sub-recipes too. */
async function published(recipe: number): Promise<string[]> {
  const found = await world.db.query<{ node: string }>(
    `select j.recipe_node as node from job j join scale_file f on f.job_id = j.id
     where j.root_recipe_id = $1 and f.is_published and not f.is_superseded and f.unpublished is null order by 1`,
    [recipe],
  );
  return found.map(({ node: name }) => name);
}

/** Recipes whose counters do not agree with what they count, but for what was superseded. */
async function disagreements(): Promise<object[]> {
  const found = await world.disagreements();
  const ids = found.map((row) => (row as { id: number }).id);
  return world.db.query('select id from recipe where id = any($1) and not is_superseded', [ids]);
}

/** a → b → c, and d by itself; each but the given members of some nodes. */
async function chain(more: Record<string, Partial<DefinedNode>> = {}): Promise<Record<string, DefinedNode>> {
  const type = await world.job(one);
  return {
    a: node(type, { IN: given('F') }, more.a),
    b: node(type, { IN: from('a', 'OUT') }, more.b),
    c: node(type, { IN: from('b', 'OUT') }, more.c),
    d: node(type, { IN: given('F') }, more.d),
  };
}

async function submitChain() {
  const { revisionId, node: type } = await world.recipeType({
    input: recipeFile,
    output: { RESULT: { node: 'c', output: 'OUT' } },
    nodes: await chain(),
  });
  const [file] = await world.files(1);
  const recipe = await world.submit(revisionId, { files: { F: [file!] } });
  return { revisionId, recipe, type, file: file! };
}

describe('re-processing', () => {
  it('carries over what has not changed, and runs what has', async () => {
    const { revisionId, recipe, file } = await submitChain();
    await produceAll(recipe);
    const before = await rows(recipe);
    await revise(revisionId, { nodes: await chain({ b: other }) });
    const { id } = await reprocess(recipe);
    expect(await world.nodes(id)).toMatchObject({
      a: { state: 'COMPLETED' },
      b: { state: 'STARTED', status: 'QUEUED' },
      c: { state: 'WAITING', status: 'PENDING' },
      d: { state: 'COMPLETED' },
    });
    const after = await rows(id);
    expect(after).toMatchObject({
      a: { job: before.a!.job, original: false },
      b: { original: true },
      c: { original: true },
      d: { job: before.d!.job, original: false },
    });
    expect(after.b!.job).not.toBe(before.b!.job);
    const [b] = await world.queued(id);
    const [{ output }] = (await world.db.query<{ output: { files: { OUT: number[] } } }>(
      'select output from job where id = $1',
      [before.a!.job],
    )) as [{ output: { files: { OUT: number[] } } }];
    expect(b).toMatchObject({ node: 'b', input: { files: { IN: output.files.OUT } } });
    expect(await disagreements()).toEqual([]);
    expect(await produceAll(id)).toEqual(['b', 'c']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true, nodes_left: 0 });
    expect(await disagreements()).toEqual([]);
    const [made] = await world.db.query(
      `select r.input->'files' as files, superseded_recipe_id as old, root_superseded_recipe_id as root, root_recipe_id = id as top,
         is_superseded, created_by, (select array_agg(input_file_id) from recipe_input_file where recipe_id = r.id) as inputs
       from recipe r where id = $1`,
      [id],
    );
    expect(made).toEqual({
      files: { F: [file] },
      old: recipe,
      root: recipe,
      top: true,
      is_superseded: false,
      created_by: 'joe',
      inputs: [file],
    });
  });

  it('marks what it replaces as superseded, and nothing else', async () => {
    const { revisionId, recipe } = await submitChain();
    await produceAll(recipe);
    await revise(revisionId, { nodes: await chain({ b: other }) });
    await reprocess(recipe);
    const jobs = await world.db.query<{ node: string }>(
      `select recipe_node as node from job where recipe_id = $1 and is_superseded and superseded is not null order by 1`,
      [recipe],
    );
    expect(jobs.map(({ node: name }) => name)).toEqual(['b', 'c']);
    const [old] = await world.db.query(
      'select is_superseded, superseded is not null as at from recipe where id = $1',
      [recipe],
    );
    expect(old).toEqual({ is_superseded: true, at: true });
    const events = await world.db.query(
      `select kind, actor from event where entity = 'recipe' and entity_id = $1 and kind = 'superseded'`,
      [recipe],
    );
    expect(events).toEqual([{ kind: 'superseded', actor: 'joe' }]);
  });

  it('runs what is forced, with all that depends on it', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe);
    const { id } = await reprocess(recipe, { all: false, nodes: ['b'] });
    expect(await produceAll(id)).toEqual(['b', 'c']);
    const { id: all } = await reprocess(id, { all: true });
    expect((await produceAll(all)).sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await world.recipe(all)).toMatchObject({ is_completed: true });
    expect(await disagreements()).toEqual([]);
  });

  it('does exactly what its plan says', async () => {
    const { revisionId, recipe } = await submitChain();
    await produceAll(recipe, ['a', 'b']);
    const { c, ...others } = await chain({ d: other });
    await revise(revisionId, { output: {}, nodes: { ...others, e: node(c!.node_type, c!.input) } });
    const request = { recipeId: recipe, forced: none, actor: 'joe' };
    const { plan, revisionNum } = await planOfReprocess(world.db, world.context, request);
    expect(revisionNum).toBe(2);
    expect(await rows(recipe)).toMatchObject({ c: { state: 'STARTED' }, d: { state: 'STARTED' } });
    const { id, plan: done } = await reprocess(recipe);
    expect(done).toEqual(plan);
    const after = await rows(id);
    const actions = Object.fromEntries(plan.nodes.map(({ name, action }) => [name, action]));
    expect(actions).toEqual({ a: 'CARRIED_OVER', b: 'CARRIED_OVER', c: 'DELETED', d: 'RUN', e: 'RUN' });
    expect(Object.keys(after).sort()).toEqual(['a', 'b', 'd', 'e']);
    for (const [name, { original }] of Object.entries(after)) expect(original).toBe(actions[name] === 'RUN');
    expect((await produceAll(id)).sort()).toEqual(['d', 'e']);
  });

  it('may be done as an earlier revision', async () => {
    const { revisionId, recipe } = await submitChain();
    await produceAll(recipe);
    await revise(revisionId, { nodes: await chain({ d: other }) });
    const { id } = await reprocess(recipe, none, 2);
    await produceAll(id);
    const { id: back, plan } = await reprocess(id, none, 1);
    expect(plan.nodes.find(({ name }) => name === 'd')).toMatchObject({ action: 'RUN', status: 'CHANGED' });
    expect(await produceAll(back)).toEqual(['d']);
  });

  it('leaves out input that the revision does not take any more', async () => {
    const type = await world.job(one);
    const nodes = { a: node(type, { IN: given('F') }) };
    const { revisionId } = await world.recipeType({
      input: { ...recipeFile, json: [...recipeNumber.json] },
      nodes,
    });
    const [file] = await world.files(1);
    const recipe = await world.submit(revisionId, { files: { F: [file!] }, json: { N: 3 } });
    await revise(revisionId, { input: recipeFile });
    const { id } = await reprocess(recipe);
    const [row] = await world.db.query('select input from recipe where id = $1', [id]);
    expect(row).toEqual({ input: { version: '7', files: { F: [file] }, json: {} } });
  });
});

describe('products of a recipe that was re-processed', () => {
  it('are unpublished exactly when they are replaced', async () => {
    const { revisionId, recipe } = await submitChain();
    await produceAll(recipe);
    await revise(revisionId, { nodes: await chain({ b: other }) });
    const { id } = await reprocess(recipe);
    expect(await published(recipe)).toEqual(['a', 'b', 'c', 'd']);
    await produceAll(id, ['b']);
    expect(await published(recipe)).toEqual(['a', 'c', 'd']);
    await produceAll(id, ['c']);
    expect(await published(recipe)).toEqual(['a', 'd']);
    expect(await published(id)).toEqual(['b', 'c']);
  });

  it('stay while what replaces them has failed, also through another re-processing', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe);
    const second = await reprocess(recipe, { all: false, nodes: ['c'] });
    const [c] = await world.queued(second.id);
    await world.end(c!.id, 'FAILED');
    expect(await published(recipe)).toEqual(['a', 'b', 'c', 'd']);
    const third = await reprocess(second.id);
    expect(third.plan.nodes.find(({ name }) => name === 'c')!.reason).toBe('It has not completed');
    expect(await published(recipe)).toEqual(['a', 'b', 'c', 'd']);
    await produceAll(third.id);
    expect(await published(recipe)).toEqual(['a', 'b', 'd']);
    expect(await published(third.id)).toEqual(['c']);
  });

  it('of nodes that fall away are unpublished at once', async () => {
    const { revisionId, recipe } = await submitChain();
    await produceAll(recipe);
    const { d: _d, ...nodes } = await chain();
    await revise(revisionId, { nodes });
    const { id } = await reprocess(recipe);
    expect(await published(recipe)).toEqual(['a', 'b', 'c']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true, nodes_left: 0 });
  });

  it('are unpublished when the node that replaces theirs is skipped', async () => {
    const type = await world.job(one);
    const check = (value: number) => node(condition({ values: [value] }, recipeNumber), { N: given('N') });
    const use = node(type, { IN: given('F') }, { after: { check: true } });
    const input = { ...recipeFile, json: [...recipeNumber.json] };
    const { revisionId } = await world.recipeType({ input, nodes: { check: check(1), use } });
    const [file] = await world.files(1);
    const recipe = await world.submit(revisionId, { files: { F: [file!] }, json: { N: 1 } });
    await produceAll(recipe);
    await revise(revisionId, { nodes: { check: check(2), use } });
    const { id } = await reprocess(recipe);
    expect(await world.states(id)).toEqual({ check: 'COMPLETED', use: 'SKIPPED' });
    expect(await world.recipe(id)).toMatchObject({ is_completed: true });
    expect(await published(recipe)).toEqual([]);
  });
});

describe('what a recipe that is re-processed still runs', () => {
  it('is canceled, and begins anew', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe, ['a']);
    const before = await rows(recipe);
    await claimed(before.b!.job!);
    const { id } = await reprocess(recipe);
    const jobs = await world.db.query(
      `select recipe_node as node, status, is_superseded, cancel_requested is not null as canceling
       from job where recipe_id = $1 order by 1`,
      [recipe],
    );
    expect(jobs).toEqual([
      { node: 'a', status: 'COMPLETED', is_superseded: false, canceling: false },
      { node: 'b', status: 'RUNNING', is_superseded: true, canceling: true },
      { node: 'c', status: 'CANCELED', is_superseded: true, canceling: false },
      { node: 'd', status: 'CANCELED', is_superseded: true, canceling: false },
    ]);
    expect(await world.states(id)).toMatchObject({
      a: 'COMPLETED',
      b: 'STARTED',
      c: 'WAITING',
      d: 'STARTED',
    });
    expect((await produceAll(id)).sort()).toEqual(['b', 'c', 'd']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true });
  });

  it('still counts', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe, ['a']);
    const { b } = await rows(recipe);
    await claimed(b!.job!);
    await reprocess(recipe);
    expect((await recipeCounts(world.db, [recipe])).get(recipe)).toMatchObject({
      jobs_total: 4,
      jobs_completed: 1,
      jobs_running: 1,
      jobs_canceled: 2,
    });
  });

  it('replaces nothing any more when it completes all the same', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe);
    const second = await reprocess(recipe, { all: false, nodes: ['c'] });
    const { c } = await rows(second.id);
    const execution = await claimed(c!.job!);
    const third = await reprocess(second.id);
    await world.finish(execution, 'COMPLETED', { files: { OUT: [await product(c!.job!)] } });
    expect(await published(second.id)).toEqual([]);
    expect(await published(recipe)).toEqual(['a', 'b', 'c', 'd']);
    await produceAll(third.id);
    expect(await published(recipe)).toEqual(['a', 'b', 'd']);
    expect(await published(third.id)).toEqual(['c']);
  });

  it('changes nothing any more when it completes all the same', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe, ['a']);
    const { b } = await rows(recipe);
    const execution = await claimed(b!.job!);
    const { id } = await reprocess(recipe);
    await world.finish(execution, 'COMPLETED', { files: { OUT: [await product(b!.job!)] } });
    expect(await published(recipe)).toEqual(['a']);
    expect(await world.queued(recipe)).toEqual([]);
    expect(await world.states(recipe)).toEqual({ a: 'COMPLETED', b: 'COMPLETED', c: 'STUCK', d: 'STUCK' });
    expect(await world.states(id)).toMatchObject({ b: 'STARTED', c: 'WAITING' });
  });
});

async function claimed(jobId: number): Promise<Execution> {
  const execution = await claim(world.db, jobId, {
    runtime: world.db.presence.runtime,
    node: 'n',
    imageId: 'i',
    resources: {},
    attemptDirectory: '/nowhere',
  });
  return execution!;
}

describe('conditions of a recipe that is re-processed', () => {
  it('keep their verdict, by which new nodes run or are skipped', async () => {
    const type = await world.job(one);
    const check = node(condition({ values: [1] }, recipeNumber), { N: given('N') });
    const input = { ...recipeFile, json: [...recipeNumber.json] };
    const branch = (accepts: boolean) => node(type, { IN: given('F') }, { after: { check: accepts } });
    const { revisionId } = await world.recipeType({
      input,
      nodes: { check, yes: branch(true), no: branch(false) },
    });
    const [file] = await world.files(1);
    const recipe = await world.submit(revisionId, { files: { F: [file!] }, json: { N: 1 } });
    await produceAll(recipe);
    expect(await world.states(recipe)).toEqual({ check: 'COMPLETED', yes: 'COMPLETED', no: 'SKIPPED' });
    const nodes = {
      check,
      yes: branch(true),
      no: branch(false),
      alsoYes: branch(true),
      alsoNo: branch(false),
      afterNo: node(type, { IN: from('alsoNo', 'OUT') }),
    };
    await revise(revisionId, { nodes });
    const { id } = await reprocess(recipe);
    expect(await world.states(id)).toEqual({
      check: 'COMPLETED',
      yes: 'COMPLETED',
      no: 'SKIPPED',
      alsoYes: 'STARTED',
      alsoNo: 'SKIPPED',
      afterNo: 'SKIPPED',
    });
    expect(await produceAll(id)).toEqual(['alsoYes']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true });
    expect(await disagreements()).toEqual([]);
  });
});

describe('forEach in a recipe that is re-processed', () => {
  const recipeFiles = { files: [{ name: 'F', media_types: [], required: true, multiple: true }], json: [] };
  const each = { forEach: { input: 'IN', require: 'all' } } as const;

  async function fan() {
    const [type, join] = [
      await world.job(one),
      await world.job({ inputs: { files: [{ name: 'ALL', multiple: true }] }, outputs: one.outputs }),
    ];
    const nodes = (more: object = {}) => ({
      each: node(type, { IN: given('F') }, { ...each, ...more }),
      join: node(join, { ALL: from('each', 'OUT') }),
    });
    const { revisionId } = await world.recipeType({ input: recipeFiles, nodes: nodes() });
    const recipe = await world.submit(revisionId, { files: { F: await world.files(3) } });
    return { revisionId, recipe, nodes };
  }

  it('is carried over with its runs', async () => {
    const { recipe } = await fan();
    await produceAll(recipe);
    const { id } = await reprocess(recipe, { all: false, nodes: ['join'] });
    const runs = (of: number) =>
      world.db.query<{ job: number; original: boolean }>(
        `select item, job_id as job, state, is_original as original from recipe_node
         where recipe_id = $1 and name = 'each' and item >= 0 order by item`,
        [of],
      );
    const before = await runs(recipe);
    expect(before).toHaveLength(3);
    expect(await runs(id)).toEqual(before.map((run) => ({ ...run, original: false })));
    expect(await produceAll(id)).toEqual(['join']);
    expect(await published(recipe)).toEqual(['each', 'each', 'each']);
  });

  it('runs again for each element, and replaces the products of all its runs', async () => {
    const { revisionId, recipe, nodes } = await fan();
    await produceAll(recipe);
    await revise(revisionId, { nodes: nodes(other) });
    const { id } = await reprocess(recipe);
    const [first] = await world.queued(id);
    await produce(first!.id);
    expect(await published(recipe)).toEqual(['each', 'each', 'each', 'join']);
    await produceAll(id, ['each']);
    expect(await published(recipe)).toEqual(['join']);
    await produceAll(id);
    expect(await published(id)).toEqual(['each', 'each', 'each', 'join']);
    expect(await published(recipe)).toEqual([]);
  });

  it('that is under way is stopped, and starts no more runs', async () => {
    const { recipe } = await fan();
    const [first] = await world.queued(recipe);
    const execution = await claimed(first!.id);
    const { id } = await reprocess(recipe);
    await world.finish(execution, 'COMPLETED', { files: { OUT: await world.files(1) } });
    expect(await world.queued(recipe)).toEqual([]);
    expect(await produceAll(id)).toEqual(['each', 'each', 'each', 'join']);
  });
});

describe('sub-recipes of a recipe that is re-processed', () => {
  async function nested() {
    const type = await world.job(one);
    const innerNodes = (more: Partial<DefinedNode> = {}) => ({
      x: node(type, { IN: given('F') }),
      y: node(type, { IN: from('x', 'OUT') }),
      z: node(type, { IN: given('F') }, more),
    });
    const inner = await world.recipeType({
      input: recipeFile,
      output: { OUT: { node: 'y', output: 'OUT' } },
      nodes: innerNodes(),
    });
    const part = (revision: number) =>
      ({ ...inner.node, recipe_type_revision: revision }) as DefinedNode['node_type'];
    const nodes = (revision = 1) => ({
      first: node(type, { IN: given('F') }),
      part: node(part(revision), { F: from('first', 'OUT') }),
      last: node(type, { IN: from('part', 'OUT') }),
    });
    const { revisionId } = await world.recipeType({ input: recipeFile, nodes: nodes() });
    const recipe = await world.submit(revisionId, { files: { F: await world.files(1) } });
    return { inner, revisionId, recipe, nodes, innerNodes };
  }

  it('are re-processed node by node where only their revision is another', async () => {
    const { inner, revisionId, recipe, nodes, innerNodes } = await nested();
    await produceAll(recipe);
    const before = await rows(recipe);
    await revise(inner.revisionId, { nodes: innerNodes(other) });
    await revise(revisionId, { nodes: nodes(2) });
    const { id } = await reprocess(recipe);
    const after = await rows(id);
    expect(after).toMatchObject({
      first: { state: 'COMPLETED' },
      part: { state: 'STARTED', original: true },
    });
    expect(after.part!.sub).not.toBe(before.part!.sub);
    expect(await rows(after.part!.sub!)).toMatchObject({
      x: { state: 'COMPLETED', original: false },
      y: { state: 'COMPLETED', original: false },
      z: { state: 'STARTED', original: true },
    });
    const [sub] = await world.db.query(
      'select recipe_id, root_recipe_id, superseded_recipe_id, input from recipe where id = $1',
      [after.part!.sub],
    );
    const [old] = await world.db.query('select is_superseded, input from recipe where id = $1', [
      before.part!.sub,
    ]);
    expect(sub).toMatchObject({ recipe_id: id, root_recipe_id: id, superseded_recipe_id: before.part!.sub });
    expect(old).toEqual({ is_superseded: true, input: (sub as { input: object }).input });
    expect(await published(recipe)).toEqual(['first', 'last', 'x', 'y', 'z']);
    await produceAll(id, ['z']);
    expect(await published(recipe)).toEqual(['first', 'last', 'x', 'y']);
    expect(await produceAll(id)).toEqual(['last']);
    expect(await published(recipe)).toEqual(['first', 'x', 'y']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true });
    expect(await disagreements()).toEqual([]);
  });

  it('run as a whole where a node before them runs again, and replace products node by node', async () => {
    const { recipe } = await nested();
    await produceAll(recipe);
    const before = await rows(recipe);
    const { id } = await reprocess(recipe, { all: false, nodes: ['first'] });
    expect(await rows(id)).toMatchObject({ part: { state: 'WAITING', sub: null } });
    await produceAll(id, ['first', 'x']);
    expect(await published(recipe)).toEqual(['last', 'y', 'z']);
    const { part } = await rows(id);
    const [sub] = await world.db.query('select superseded_recipe_id as old from recipe where id = $1', [
      part!.sub,
    ]);
    expect(sub).toEqual({ old: before.part!.sub });
    expect((await produceAll(id)).sort()).toEqual(['last', 'y', 'z']);
    expect(await published(recipe)).toEqual([]);
    expect(await published(id)).toEqual(['first', 'last', 'x', 'y', 'z']);
  });

  it('run in them only what is forced there', async () => {
    const { recipe } = await nested();
    await produceAll(recipe);
    const forced = { all: false, sub_recipes: { part: { all: false, nodes: ['y'] } } };
    const { id } = await reprocess(recipe, forced);
    expect(await produceAll(id)).toEqual(['y', 'last']);
    expect(await published(recipe)).toEqual(['first', 'x', 'z']);
  });

  it('complete at once where only their outputs are others', async () => {
    const { inner, revisionId, recipe, nodes } = await nested();
    await produceAll(recipe);
    await revise(inner.revisionId, { output: { OUT: { node: 'z', output: 'OUT' } } });
    await revise(revisionId, { nodes: nodes(2) });
    const { id } = await reprocess(recipe);
    const { part } = await rows(id);
    expect(part).toMatchObject({ state: 'COMPLETED', original: true });
    const [z] = Object.entries(await rows(part!.sub!)).filter(([name]) => name === 'z');
    const [{ output }] = (await world.db.query<{ output: { files: { OUT: number[] } } }>(
      'select output from job where id = $1',
      [z![1].job],
    )) as [{ output: { files: { OUT: number[] } } }];
    expect(await world.queued(id)).toMatchObject([
      { node: 'last', input: { files: { IN: output.files.OUT } } },
    ]);
  });

  it('are replaced as a whole by those of another type', async () => {
    const { revisionId, recipe, nodes } = await nested();
    await produceAll(recipe);
    const type = await world.job(one);
    const another = await world.recipeType({
      input: recipeFile,
      output: { OUT: { node: 'v', output: 'OUT' } },
      nodes: { v: node(type, { IN: given('F') }), w: node(type, { IN: given('F') }) },
    });
    await revise(revisionId, {
      nodes: { ...nodes(), part: node(another.node, { F: from('first', 'OUT') }) },
    });
    const { id } = await reprocess(recipe);
    await produceAll(id, ['v']);
    expect(await published(recipe)).toEqual(['first', 'last', 'x', 'y', 'z']);
    await produceAll(id, ['w']);
    expect(await published(recipe)).toEqual(['first', 'last']);
    await produceAll(id);
    expect(await published(recipe)).toEqual(['first']);
  });

  it('keep what has completed of one that is under way', async () => {
    const { recipe } = await nested();
    await produceAll(recipe, ['first', 'x']);
    const { id } = await reprocess(recipe);
    expect((await produceAll(id)).sort()).toEqual(['last', 'y', 'z']);
    expect(await world.recipe(id)).toMatchObject({ is_completed: true });
    expect(await disagreements()).toEqual([]);
  });

  it('cannot be re-processed by themselves', async () => {
    const { recipe } = await nested();
    await produceAll(recipe);
    const { part } = await rows(recipe);
    await expect(reprocess(part!.sub!, { all: true })).rejects.toMatchObject({
      error: 'recipe-is-part',
      message: `The recipe ${part!.sub} is a part of the recipe ${recipe} and cannot be re-processed by itself.`,
    });
  });
});

describe('what cannot be re-processed', () => {
  it('is what was superseded already, also when two do it at once', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe);
    const both = await Promise.allSettled([
      reprocess(recipe, { all: true }),
      reprocess(recipe, { all: true }),
    ]);
    const [made] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
    expect(refused).toMatchObject([{ error: 'recipe-superseded', parameters: { recipe, by: made } }]);
  });

  it('is a recipe whose input does not fit, for each reason', async () => {
    const { revisionId, recipe } = await submitChain();
    await revise(revisionId, { input: { files: recipeFile.files, json: [...recipeNumber.json] } });
    await expect(reprocess(recipe, { all: false, nodes: ['nowhere'] })).rejects.toMatchObject({
      error: 'recipe-not-reprocessable',
      parameters: {
        problems:
          'INPUT_CHANGE: Input interface has changed: the input N is required and new; ' +
          'UNKNOWN_NODE: the node nowhere is to run again, and the recipe type has none of that name',
      },
    });
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: false });
  });

  it('is one of which nothing has changed, is forced or lacks', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe);
    await expect(reprocess(recipe)).rejects.toMatchObject({ error: 'nothing-to-reprocess' });
  });

  it('is what there is not', async () => {
    const { recipe } = await submitChain();
    await expect(reprocess(123_456_789)).rejects.toMatchObject({ error: 'not-found' });
    await expect(reprocess(recipe, none, 9)).rejects.toMatchObject({ error: 'not-found' });
  });

  it('is one whose type is not active', async () => {
    const { revisionId, recipe } = await submitChain();
    await world.db.query(
      'update recipe_type set is_active = false where id = (select recipe_type_id from recipe_type_revision where id = $1)',
      [revisionId],
    );
    await expect(reprocess(recipe, { all: true })).rejects.toMatchObject({ error: 'invalid-request' });
  });
});

describe('a re-processing that dies before its end', () => {
  it('leaves everything as it was', async () => {
    const { recipe } = await submitChain();
    await produceAll(recipe, ['a']);
    const look = async () => ({
      recipes: await world.db.query('select * from recipe order by id'),
      nodes: await world.db.query('select * from recipe_node order by id'),
      jobs: await world.db.query('select * from job order by id'),
      files: await world.db.query('select * from scale_file order by id'),
    });
    const before = await look();
    await expect(
      world.db.transaction(async (tx) => {
        await reprocessRecipe(tx, world.context, { recipeId: recipe, forced: { all: true }, actor: 'joe' });
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await look()).toEqual(before);
    const { id } = await reprocess(recipe);
    expect((await produceAll(id)).sort()).toEqual(['b', 'c', 'd']);
  });
});
