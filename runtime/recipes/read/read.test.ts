import { beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import {
  conditionNode,
  jobNode,
  recipeNode,
  TestRecipes,
  type TestType,
} from '../../../test/support/recipes.ts';
import type { RecipeCounters } from '../../../seed-schema/index.ts';
import type { Database } from '../../database/index.ts';
import { listRecipes, recipeCounts, recipeDetails, recipeGraph } from '../index.ts';

let db: Database;
let recipes: TestRecipes;
withDatabase((connected) => (db = connected));

let work: TestType;
let part: TestType;
let whole: TestType;
beforeAll(async () => {
  recipes = new TestRecipes(db);
  work = await recipes.jobType('work');
  part = await recipes.recipeType('part', { inner: jobNode(work), next: jobNode(work, ['inner']) });
  whole = await recipes.recipeType(
    'whole',
    {
      zfirst: jobNode(work),
      check: conditionNode(['zfirst']),
      no: jobNode(work, [], { dependencies: [{ name: 'check', acceptance: false }] }),
      each: jobNode(work, ['zfirst'], { forEach: { input: 'I', concurrency: 2, require: 'any' } }),
      sub: recipeNode(part, ['each']),
      late: jobNode(work, ['sub']),
    },
    { title: 'All of it' },
  );
});

const counters = (given: Partial<RecipeCounters>): RecipeCounters => ({
  jobs_total: 0,
  jobs_pending: 0,
  jobs_blocked: 0,
  jobs_queued: 0,
  jobs_running: 0,
  jobs_failed: 0,
  jobs_completed: 0,
  jobs_canceled: 0,
  sub_recipes_total: 0,
  sub_recipes_completed: 0,
  ...given,
});

/** A recipe in the middle of its life, whose sub-recipe has failed. */
async function unfinished() {
  const id = await recipes.recipe(whole);
  const first = await recipes.job(work, id, 'zfirst', 'COMPLETED', {
    started: '2026-01-01T00:00:00Z',
    ended: '2026-01-01T00:00:02.5Z',
  });
  await recipes.node(id, 'zfirst', 'job', 'COMPLETED', { job_id: first });
  await recipes.node(id, 'check', 'condition', 'COMPLETED', { accepted: true });
  const no = await recipes.job(work, id, 'no', 'CANCELED');
  await recipes.node(id, 'no', 'job', 'SKIPPED', { job_id: no, reason: 'check accepted' });
  await recipes.node(id, 'each', 'job', 'STARTED', { items_total: 4 });
  for (const [item, status] of ['COMPLETED', 'RUNNING', 'QUEUED'].entries()) {
    const job_id = await recipes.job(work, id, 'each', status);
    await recipes.node(id, 'each', 'job', status === 'COMPLETED' ? status : 'STARTED', { item, job_id });
  }
  await recipes.node(id, 'each', 'job', 'WAITING', { item: 3 });
  const sub = await recipes.recipe(part, { recipe_id: id, root_recipe_id: id });
  const node = await recipes.node(id, 'sub', 'recipe', 'STUCK', {
    sub_recipe_id: sub,
    reason: 'inner has failed',
  });
  await db.query('update recipe set recipe_node_id = $2 where id = $1', [sub, node]);
  const inner = await recipes.job(work, sub, 'inner', 'FAILED', {
    root_recipe_id: id,
    error: { name: 'x', message: 'broke' },
  });
  await recipes.node(sub, 'inner', 'job', 'STUCK', { job_id: inner });
  const next = await recipes.job(work, sub, 'next', 'BLOCKED', { root_recipe_id: id });
  await recipes.node(sub, 'next', 'job', 'WAITING', { job_id: next, blockers: 1 });
  const late = await recipes.job(work, id, 'late', 'BLOCKED');
  await recipes.node(id, 'late', 'job', 'WAITING', { job_id: late, blockers: 1 });
  return { id, sub, first, late };
}

const expected = counters({
  jobs_total: 7,
  jobs_blocked: 2,
  jobs_queued: 1,
  jobs_running: 1,
  jobs_failed: 1,
  jobs_completed: 2,
  sub_recipes_total: 1,
});

describe('recipeCounts', () => {
  it('counts the jobs of a recipe and of all inside it, but none that was skipped', async () => {
    const { id, sub } = await unfinished();
    expect(await recipeCounts(db, [id, sub, 987_654_321])).toEqual(
      new Map([
        [id, expected],
        [sub, counters({ jobs_total: 2, jobs_failed: 1, jobs_blocked: 1 })],
      ]),
    );
  });

  it('counts what was taken over from the recipe before', async () => {
    const { id, sub, first } = await unfinished();
    const again = await recipes.recipe(whole, { superseded_recipe_id: id });
    await recipes.node(again, 'zfirst', 'job', 'COMPLETED', { job_id: first, is_original: false });
    await recipes.node(again, 'sub', 'recipe', 'STUCK', { sub_recipe_id: sub, is_original: false });
    expect((await recipeCounts(db, [again])).get(again)).toEqual(
      counters({ jobs_total: 3, jobs_completed: 1, jobs_failed: 1, jobs_blocked: 1, sub_recipes_total: 1 }),
    );
    expect((await recipeGraph(db, again))!.nodes[0]).toMatchObject({ is_original: false, job_id: first });
    expect(await recipeDetails(db, again)).toMatchObject({
      superseded_recipe: { id, recipe_type: { name: 'whole' } },
      superseded_by_recipe: null,
    });
    expect((await recipeDetails(db, id))!.superseded_by_recipe).toMatchObject({ id: again });
  });

  it('takes what is kept of a completed recipe', async () => {
    const kept = counters({ jobs_total: 12, jobs_completed: 12 });
    const id = await recipes.recipe(whole, { is_completed: true, jobs_counted: kept });
    expect((await recipeCounts(db, [id])).get(id)).toEqual(kept);
  });
});

describe('recipeGraph', () => {
  it('shows where each node stands, after all that it depends on', async () => {
    const { id, sub, first, late } = await unfinished();
    const graph = (await recipeGraph(db, id))!;
    expect(graph).toMatchObject({
      id,
      recipe_type: { id: whole.id, name: 'whole', title: 'All of it', revision_num: 1 },
      is_completed: false,
      completed: null,
      counters: expected,
    });
    expect(graph.nodes.map(({ name, state }) => [name, state])).toEqual([
      ['zfirst', 'COMPLETED'],
      ['each', 'RUNNING'],
      ['check', 'COMPLETED'],
      ['sub', 'FAILED'],
      ['no', 'SKIPPED'],
      ['late', 'BLOCKED'],
    ]);
    const node = (name: string) => graph.nodes.find((one) => one.name === name);
    expect(node('zfirst')).toMatchObject({
      node_type: 'job',
      job_type: { name: 'work', version: '1.0.0', revision_num: 1 },
      recipe_type: null,
      job_id: first,
      duration: 2.5,
      started: '2026-01-01T00:00:00.000000Z',
      items: null,
      counters: null,
      is_original: true,
    });
    expect(node('check')).toMatchObject({ node_type: 'condition', accepted: true, job_id: null });
    expect(node('no')).toMatchObject({
      reason: 'check accepted',
      dependencies: [{ name: 'check', acceptance: false }],
      duration: null,
    });
    expect(node('each')!.items).toEqual({
      total: 4,
      states: { COMPLETED: 1, RUNNING: 1, QUEUED: 1, PENDING: 1 },
      concurrency: 2,
    });
    expect(node('sub')).toMatchObject({
      recipe_id: sub,
      recipe_type: { name: 'part', revision_num: 1 },
      reason: 'inner has failed',
      counters: { jobs_total: 2, jobs_failed: 1, jobs_blocked: 1 },
    });
    expect(node('sub')).not.toHaveProperty('graph');
    expect(node('late')).toMatchObject({ job_id: late, started: null, duration: null });
  });

  it('shows what is inside sub-recipes, as deep as is asked for', async () => {
    const { id, sub } = await unfinished();
    const { nodes } = (await recipeGraph(db, id, 1))!;
    const { graph } = nodes.find(({ name }) => name === 'sub')!;
    expect(graph!.id).toBe(sub);
    expect(graph!.nodes).toMatchObject([
      { name: 'inner', state: 'FAILED', reason: 'broke' },
      { name: 'next', state: 'BLOCKED' },
    ]);
    expect(await recipeGraph(db, 987_654_321)).toBeUndefined();
  });

  it.each([
    [['CANCELED', 'COMPLETED'], 'CANCELED'],
    [['CANCELED', 'FAILED'], 'FAILED'],
  ])('a node whose runs are %j and that is stuck is %s', async (statuses, state) => {
    const id = await recipes.recipe(whole);
    await recipes.node(id, 'each', 'job', 'STUCK', { items_total: 2 });
    for (const [item, status] of statuses.entries())
      await recipes.node(id, 'each', 'job', status === 'COMPLETED' ? status : 'STUCK', {
        item,
        job_id: await recipes.job(work, id, 'each', status),
      });
    const { nodes } = (await recipeGraph(db, id))!;
    expect(nodes.find(({ name }) => name === 'each')!.state).toBe(state);
    expect(nodes.find(({ name }) => name === 'late')!.state).toBe('PENDING');
  });
});

describe('recipeDetails', () => {
  it('tells the types of its nodes, and where it belongs', async () => {
    const { id, sub } = await unfinished();
    const details = (await recipeDetails(db, id))!;
    expect(details).toMatchObject({
      id,
      recipe: null,
      counters: expected,
      job_types: [{ name: 'work', version: '1.0.0' }],
      sub_recipe_types: [{ id: part.id, name: 'part' }],
      conditions: { check: expect.any(Number) },
    });
    expect((await recipeDetails(db, sub))!.recipe).toMatchObject({ id, recipe_type: { name: 'whole' } });
    expect(await recipeDetails(db, 987_654_321)).toBeUndefined();
  });
});

describe('listRecipes', () => {
  it('gives those that fit every filter', async () => {
    const type = await recipes.recipeType('listed', {});
    const top = await recipes.recipe(type, {
      batch_id: 7,
      is_completed: true,
      source_started: '2020-01-01T00:00:00Z',
      source_ended: '2020-01-02T00:00:00Z',
      source_sensor_class: 'class',
      source_sensor: 'sensor',
      source_collection: 'collection',
      source_task: 'task',
      last_modified: '2020-02-01T00:00:00Z',
    });
    const below = await recipes.recipe(type, { recipe_id: top, root_recipe_id: top, is_superseded: true });
    const found = async (filter: Parameters<typeof listRecipes>[1]) =>
      (await listRecipes(db, { typeIds: [type.id], ...filter }, [], { offset: 0, limit: 10 })).rows.map(
        ({ id }) => id,
      );
    expect(await found({})).toEqual([top, below]);
    for (const [filter, id] of [
      [{ typeNames: ['listed'], batchIds: [7] }, top],
      [{ isCompleted: true }, top],
      [{ isCompleted: false }, below],
      [{ isSuperseded: true }, below],
      [{ ids: [below] }, below],
      [{ rootIds: [top] }, below],
      [{ ended: '2020-03-01T00:00:00Z' }, top],
      [{ started: '2020-03-01T00:00:00Z' }, below],
      [{ sourceStarted: '2019-12-31T00:00:00Z' }, top],
      [{ sourceEnded: '2020-01-03T00:00:00Z' }, top],
      [{ sensorClasses: ['class'], sensors: ['sensor'], collections: ['collection'], tasks: ['task'] }, top],
    ] as const)
      expect([filter, await found(filter)]).toEqual([filter, [id]]);
    expect(await found({ sensors: ['other'] })).toEqual([]);
  });

  it('goes through all of them by cursors', async () => {
    const type = await recipes.recipeType('paged', {});
    const ids = [await recipes.recipe(type), await recipes.recipe(type), await recipes.recipe(type)];
    const order = [{ field: 'created', descending: true }];
    const page = (cursor: string) =>
      listRecipes(db, { typeIds: [type.id] }, order, { offset: 0, limit: 2, cursor });
    const first = await page('');
    const last = await page(first.cursor!);
    expect([...first.rows, ...last.rows].map(({ id }) => id)).toEqual([...ids].reverse());
    expect(last.cursor).toBeNull();
  });
});
