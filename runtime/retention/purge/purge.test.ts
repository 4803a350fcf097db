import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DefinedNode } from '../../../seed-schema/index.ts';
import { withDatabase } from '../../../test/support/connected.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import { RecipeWorld } from '../../../test/support/recipe-world.ts';
import { completed } from '../../../test/support/scheduler.ts';
import { Mortal, TestFiles } from '../../../test/support/retention.ts';
import type { Database } from '../../database/index.ts';
import { finish, stepAction } from '../../jobs/index.ts';
import { lockRecipes } from '../../recipes/index.ts';
import { holdFile, needsOf, planPurge, purgeById, requestPurge } from '../index.ts';

let db: Database;
let files: TestFiles;
let world: RecipeWorld;
let queue: TestQueue;
withDatabase((connected, local) => {
  db = connected;
  world = new RecipeWorld(db, local);
});
beforeAll(async () => {
  files = await TestFiles.open(db);
  queue = await new TestQueue(db).open(50);
});
afterAll(() => rm(files.root, { recursive: true }));
beforeEach(async () => {
  await files.sweep(); // Nothing is left of what was before.
});

let count = 0;
const source = () => files.source(`source-${++count}.txt`);
const submitted = async (inputs: number[]) =>
  (await queue.submit(await queue.type(), { files: { IN: inputs } }))[0]!;

/** A job that has ended. @returns it and its product */
async function ran(...inputs: number[]): Promise<{ job: number; product: number }> {
  const job = await submitted(inputs);
  const [execution] = await queue.claim([job]);
  const product = await files.product(job, inputs, `product-${++count}.txt`);
  await finish(db, execution!, completed);
  return { job, product };
}

const purge = (fileId: number, deleteContent = false) =>
  db.transaction((tx) => requestPurge(tx, { fileId, deleteContent, actor: 'jane' }));
const plan = (fileId: number) => planPurge(db, { fileId, deleteContent: false, actor: 'jane' });
/** As after a while: what waits is looked at again. */
const later = () => db.query(`update purge set not_before = now() - interval '1 second' where ended is null`);
/** Carries out the cancels that were asked for, as runtimes do. */
const cancel = () =>
  db.transaction(async (tx) => {
    const step = await stepAction(tx, (roots) => lockRecipes(tx, roots));
    await world.changeIn(tx, step?.ofRecipes ?? []);
  });
const left = async (table: 'scale_file' | 'job' | 'recipe', ...ids: number[]) =>
  (await db.query<{ id: number }>(`select id from ${table} where id = any($1) order by id`, [ids])).map(
    ({ id }) => id,
  );
const thereOf = async (id: number) => {
  const [row] = await db.query<{ file_path: string }>('select file_path from scale_file where id = $1', [id]);
  return row!.file_path;
};

/** Everything that refers to what is gone. */
async function dangling(): Promise<object[]> {
  return db.query(`
    select 'recipe_node' as what from recipe_node n where not exists (select from recipe where id = n.recipe_id)
    union all select 'node of a job' from recipe_node n where n.job_id is not null and not exists (select from job where id = n.job_id)
    union all select 'job' from job j where j.recipe_id is not null and not exists (select from recipe where id = j.recipe_id)
    union all select 'root' from job j where j.root_recipe_id is not null and not exists (select from recipe where id = j.root_recipe_id)
    union all select 'file' from scale_file f where f.recipe_id is not null and not exists (select from recipe where id = f.recipe_id)
    union all select 'slot' from slot s where s.job_exe_id is not null and not exists (select from job_exe where id = s.job_exe_id)`);
}

describe('a purge', () => {
  it('removes the source with all that came of it, and nothing of others', async () => {
    const [s, t] = [await source(), await source()];
    const one = await ran(s);
    const two = await ran(one.product, t);
    const other = await ran(t);
    const place = await thereOf(s);
    const gone = await Promise.all([one.product, two.product].map(thereOf));
    const failed = await submitted([two.product]);
    await db.query(`update job set status = 'FAILED' where id = $1`, [failed]);
    const planned = await plan(s);
    expect(planned).toMatchObject({
      files: 3,
      contents: 2,
      jobs: 3,
      executions: 2,
      recipes: 0,
      jobs_canceled: 0,
      kept: { sources: 1, jobs: 0, contents: 1 },
    });
    expect(planned.examples.map(({ id }) => id)).toEqual([s, one.product, two.product]);
    expect(await left('scale_file', s, one.product, two.product)).toHaveLength(3);

    const id = await purge(s);
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'DONE', report: planned, problem: null });
    expect(await left('scale_file', s, t, one.product, two.product, other.product)).toEqual([
      t,
      other.product,
    ]);
    expect(await left('job', one.job, two.job, other.job, failed)).toEqual([other.job]);
    const there = await files.there();
    for (const file of gone) expect(there).not.toContain(path.dirname(path.dirname(file)));
    expect(there).toEqual(expect.arrayContaining([place, await thereOf(t), await thereOf(other.product)]));
    const events = await db.query<{ kind: string }>(
      `select kind from event where entity = 'scale_file' and entity_id = $1 order by id`,
      [one.product],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['purged', 'removed']);
  });

  it('removes the content of the source where that is asked for, or the service alone has it', async () => {
    const s = await source();
    const place = await thereOf(s);
    await purge(s, true);
    await files.sweep();
    expect(await files.there()).not.toContain(place);
    await db.query(`update workspace set name = 'seedbed' where id = $1`, [files.workspace.id]);
    const uploaded = await source();
    const itsPlace = await thereOf(uploaded);
    await purge(uploaded);
    await files.sweep();
    expect(await files.there()).not.toContain(itsPlace);
    await db.query(`update workspace set name = 'w' where id = $1`, [files.workspace.id]);
  });

  it('is refused for what is no source, and for what is held', async () => {
    const s = await source();
    const { product } = await ran(s);
    await expect(purge(product)).rejects.toMatchObject({ error: 'not-a-source' });
    await expect(purge(987_654)).rejects.toMatchObject({ error: 'not-a-source' });
    await db.transaction((tx) => holdFile(tx, s, 'evidence', 'jane'));
    await expect(purge(s)).rejects.toMatchObject({ error: 'file-held' });
    await db.query('delete from file_hold');
    await db.transaction((tx) => holdFile(tx, product, 'evidence', 'jane'));
    await expect(plan(s)).rejects.toMatchObject({ error: 'file-held' });
    const id = await purge(s);
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({
      phase: 'FAILED',
      problem: `file ${product} is held: evidence`,
    });
    expect(await left('scale_file', s, product)).toEqual([s, product]);
  });

  it('asked for twice is one', async () => {
    const s = await source();
    expect(await purge(s)).toBe(await purge(s));
  });

  it('cancels what waits or runs, and waits for that', async () => {
    const s = await source();
    const [waits, runs] = [await submitted([s]), await submitted([s])];
    const [execution] = await queue.claim([runs]);
    const id = await purge(s);
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({
      phase: 'STOP',
      problem: expect.stringMatching(/canceled/),
    });
    await cancel();
    expect(await queue.job(waits)).toMatchObject({ status: 'CANCELED' });
    await later();
    await files.sweep();
    expect(await left('job', waits, runs)).toEqual([waits, runs]);
    expect(await left('scale_file', s)).toEqual([s]);
    // It ends by itself before it is stopped: its product goes, too.
    const product = await files.product(runs, [s], 'last.txt');
    const place = await thereOf(product);
    await finish(db, execution!, completed);
    await later();
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'DONE' });
    expect(await left('job', waits, runs)).toEqual([]);
    expect(await left('scale_file', s, product)).toEqual([]);
    expect(await files.there()).not.toContain(place);
  });

  it('begins to use nothing of it any more: a job over it that came in between goes, too', async () => {
    const s = await source();
    const { product } = await ran(s);
    const id = await purge(s);
    // Up to where its files are marked as deleted.
    for (let at = 1; (await purgeById(db, id))!.phase !== 'FILES'; at++)
      await files.sweep(new Mortal(at)).catch(() => undefined);
    const late = await submitted([product]);
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'STOP' });
    await cancel();
    await later();
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'DONE' });
    expect(await left('job', late)).toEqual([]);
  });
});

describe('recipes', () => {
  const take = (input: string) => ({ IN: { type: 'recipe' as const, input } });
  const from = (node: string) => ({ IN: { type: 'dependency' as const, node, output: 'OUT' } });
  const jobOf = () =>
    world.job({
      inputs: { files: [{ name: 'IN' }] },
      outputs: { files: [{ name: 'OUT', pattern: '*' }] },
    });
  const inputs = (...names: string[]) => ({
    files: names.map((name) => ({ name, media_types: [], required: true, multiple: false })),
    json: [],
  });
  /** Ends the job of a node. @returns the product */
  async function done(recipe: number, node: string, of: number[]): Promise<{ job: number; product: number }> {
    const { id: job } = (await world.queued(recipe)).find((one) => one.node === node)!;
    const execution = await world.claim(job);
    const product = await files.product(job, of, `product-${++count}.txt`);
    await world.finish(execution, 'COMPLETED', { files: { OUT: [product] } });
    return { job, product };
  }
  async function type(shared: boolean) {
    const node_type = await jobOf();
    const nodes: Record<string, DefinedNode> = {
      first: { dependencies: [], input: take('S'), node_type },
      second: { dependencies: [{ name: 'first', acceptance: true }], input: from('first'), node_type },
      ...(shared && { other: { dependencies: [], input: take('T'), node_type } }),
      alone: { dependencies: [], input: {}, node_type: await world.job() },
    };
    return world.recipeType({ input: inputs('S', ...(shared ? ['T'] : [])), nodes });
  }

  it('of the source alone go whole', async () => {
    const s = await source();
    const { revisionId } = await type(false);
    const recipe = await world.submit(revisionId, { files: { S: [s] } });
    const first = await done(recipe, 'first', [s]);
    const second = await done(recipe, 'second', [first.product]);
    const alone = await done(recipe, 'alone', []);
    expect(await world.recipe(recipe)).toMatchObject({ is_completed: true });
    expect(await plan(s)).toMatchObject({ files: 4, jobs: 3, recipes: 1, kept: { jobs: 0 } });
    await purge(s);
    await files.sweep();
    expect(await left('recipe', recipe)).toEqual([]);
    expect(await left('job', first.job, second.job, alone.job)).toEqual([]);
    expect(await left('scale_file', first.product, second.product, alone.product)).toEqual([]);
    expect(await dangling()).toEqual([]);
  });

  it('that others share leave what was made of those alone', async () => {
    const [s, t] = [await source(), await source()];
    const { revisionId } = await type(true);
    const recipe = await world.submit(revisionId, { files: { S: [s], T: [t] } });
    const first = await done(recipe, 'first', [s]);
    const other = await done(recipe, 'other', [t]);
    const id = await purge(s);
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'STOP' });
    await cancel();
    await later();
    await files.sweep();
    // A job that took nothing of it waits still: it ends first.
    expect(await purgeById(db, id)).toMatchObject({
      phase: 'STOP',
      problem: `recipe ${recipe} has to come to rest`,
      report: { recipes: 1, jobs: 2, kept: { jobs: 2 } },
    });
    const alone = await done(recipe, 'alone', []);
    await later();
    await files.sweep();
    expect(await purgeById(db, id)).toMatchObject({ phase: 'DONE' });
    expect(await left('recipe', recipe)).toEqual([]);
    expect(await left('job', first.job, other.job, alone.job)).toEqual(
      [other.job, alone.job].sort((a, b) => a - b),
    );
    expect(await left('scale_file', s, t, first.product, other.product, alone.product)).toEqual([
      t,
      other.product,
      alone.product,
    ]);
    expect(await files.there()).toContain(await thereOf(other.product));
    expect(await dangling()).toEqual([]);
  });

  it('with parts go with them', async () => {
    const s = await source();
    const inner = await type(false);
    const { revisionId } = await world.recipeType({
      input: inputs('S'),
      nodes: {
        part: { dependencies: [], input: { S: { type: 'recipe', input: 'S' } }, node_type: inner.node },
      },
    });
    const recipe = await world.submit(revisionId, { files: { S: [s] } });
    const first = await done(recipe, 'first', [s]);
    const parts = await db.query('select from recipe where root_recipe_id = $1', [recipe]);
    expect(parts).toHaveLength(2);
    await purge(s);
    await files.sweep();
    await cancel();
    await later();
    await files.sweep();
    expect(await db.query('select from recipe where root_recipe_id = $1', [recipe])).toEqual([]);
    expect(await left('scale_file', first.product)).toEqual([]);
    expect(await dangling()).toEqual([]);
  });

  it('that go on keep what their next nodes will read', async () => {
    const s = await source();
    const { revisionId } = await type(false);
    const recipe = await world.submit(revisionId, { files: { S: [s] } });
    const { product } = await done(recipe, 'first', [s]);
    expect([...(await needsOf(db, [s, product])).values()]).toMatchObject([
      { fileId: s, by: 'recipe', id: recipe },
      { fileId: product, by: 'job' },
    ]);
    const second = await done(recipe, 'second', [product]);
    expect([...(await needsOf(db, [product, second.product])).keys()]).toEqual([product, second.product]);
    await done(recipe, 'alone', []);
    expect([...(await needsOf(db, [s, product, second.product])).keys()]).toEqual([]);
  });

  it('that only canceled jobs keep from their end need nothing', async () => {
    const s = await source();
    const { revisionId } = await type(false);
    const recipe = await world.submit(revisionId, { files: { S: [s] } });
    const [first] = (await world.queued(recipe)).filter(({ node }) => node === 'first');
    await done(recipe, 'alone', []);
    await world.end(first!.id, 'FAILED');
    expect([...(await needsOf(db, [s])).keys()]).toEqual([s]);
    await world.act('cancel', first!.id);
    expect([...(await needsOf(db, [s])).keys()]).toEqual([]);
  });
});

describe('a purge that is killed', () => {
  it('anywhere goes on, and ends as if it had not been', async () => {
    const t = await source();
    const other = await ran(t);
    const grown = async () => {
      const s = await source();
      const one = await ran(s);
      return { s, one, two: await ran(one.product, t) };
    };
    const whole = new Mortal();
    const first = await grown();
    await purge(first.s);
    await files.sweep(whole);
    expect(whole.done).toBeGreaterThan(40);
    for (let at = 0; at < whole.done; at++) {
      const { s, one, two } = await grown();
      const gone = await Promise.all([one.product, two.product].map(thereOf));
      const id = await purge(s);
      await expect(files.sweep(new Mortal(at))).rejects.toThrow('killed');
      await files.sweep();
      expect(await purgeById(db, id)).toMatchObject({ phase: 'DONE', report: { files: 3, jobs: 2 } });
      expect(await left('scale_file', s, t, one.product, two.product, other.product)).toEqual([
        t,
        other.product,
      ]);
      expect(await left('job', one.job, two.job, other.job)).toEqual([other.job]);
      const there = await files.there();
      for (const file of gone) expect(there).not.toContain(file);
      expect(there).toContain(await thereOf(other.product));
      expect(await db.query('select from file_removal')).toEqual([]);
    }
  });
});
