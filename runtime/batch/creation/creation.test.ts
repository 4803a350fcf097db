import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { manifestDocument, testManifest } from '../../../test/support/manifest.ts';
import { given, node, RecipeWorld } from '../../../test/support/recipe-world.ts';
import { countAll } from '../../../test/support/tallies.ts';
import type { BatchPost, ForcedNodes } from '../../../seed-schema/index.ts';
import type { Database } from '../../database/index.ts';
import { registerJobType } from '../../jobs/index.ts';
import { batchDetails, compareBatches, createBatch, judgePost } from '../index.ts';
import { createNext } from './create-next.ts';

let db: Database;
let world: RecipeWorld;
withDatabase((connected, workspace) => {
  db = connected;
  world = new RecipeWorld(db, workspace);
});

const file = { name: 'F', media_types: [], required: true, multiple: false };
const number = { name: 'N', type: 'integer', required: true } as const;
const input = { files: [file], json: [number] };

/** A dataset of members with a file each, and a number that all have. @returns its id, and ids of the files */
async function dataset(count: number, parameter = 'F') {
  const files = await world.files(count);
  const definition = {
    parameters: { files: [{ name: parameter, multiple: false }], json: [] },
    global_parameters: { files: [], json: [{ name: 'N', type: 'integer' }] },
    global_data: { files: {}, json: { N: 7 } },
  };
  const [row] = await db.query<{ id: number }>(
    `with made as (insert into dataset (definition, members) values ($1, $2) returning id), members as (
       insert into dataset_member (dataset_id, data, file_ids)
       select made.id, jsonb_build_object('version', '7', 'files', jsonb_build_object($4::text, jsonb_build_array(f)), 'json', '{}'::jsonb),
         array[f] from made, unnest($3::bigint[]) with ordinality as u (f, nth) order by nth)
     select id from made`,
    [JSON.stringify(definition), count, files, parameter],
  );
  return { id: row!.id, files };
}

const worker = () =>
  world.job({ inputs: { files: [{ name: 'F' }], json: [{ name: 'N', type: 'integer' }] } });

const connected = { F: given('F'), N: given('N') };

/** A recipe type a → b. @returns `recipe_type.id`, its revision's, and it as a node */
async function recipeType() {
  const job = await worker();
  const nodes = {
    a: node(job, connected, { configuration: { priority: 50 } }),
    b: node(job, connected, { after: ['a'] }),
  };
  const made = await world.recipeType({ input, nodes });
  return { id: await typeOf(made.revisionId), ...made };
}

/** Of the nodes of `recipeType`, by itself. */
async function jobType(): Promise<{ id: number; name: string }> {
  const { job_type_name: name } = (await worker()) as { job_type_name: string };
  const [row] = await db.query<{ id: number }>('select id from job_type where name = $1', [name]);
  return { id: row!.id, name };
}

/** @returns `recipe_type.id` */
async function typeOf(revisionId: number): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    'select recipe_type_id as id from recipe_type_revision where id = $1',
    [revisionId],
  );
  return row!.id;
}

const create = (post: BatchPost) => db.transaction((tx) => createBatch(tx, post, 'jane'));

/** Makes what is left of a batch, a few at a time. */
async function finish(id: number, limit = 3): Promise<void> {
  const submission = { config: world.context.config, engineSockets: [] };
  for (;;) {
    const { isDone } = await createNext(db, { submission, recipes: world.context }, id, limit);
    if (isDone) return;
  }
}

const recipesOf = (batch: number) =>
  db.query<{ id: number; input: { files: { F: number[] }; json: object }; old: number | null }>(
    'select id, input, superseded_recipe_id as old from recipe where batch_id = $1 and recipe_id is null order by id',
    [batch],
  );

async function endAll(recipe: number): Promise<void> {
  for (;;) {
    const [job] = await world.queued(recipe);
    if (!job) return;
    await world.end(job.id);
  }
}

describe('a batch of recipes over a dataset', () => {
  let type: Awaited<ReturnType<typeof recipeType>>;
  beforeAll(async () => {
    type = await recipeType();
  });

  it('has one recipe for each member, with the data of all, and jobs of its priority over that of nodes', async () => {
    const { id: datasetId, files } = await dataset(7);
    const { id } = await create({
      recipe_type_id: type.id,
      definition: { dataset: datasetId },
      configuration: { priority: 3 },
    });
    expect(await batchDetails(db, id)).toMatchObject({
      state: 'CREATING',
      runs_estimated: 7,
      runs_created: 0,
    });
    await finish(id);
    const made = await recipesOf(id);
    expect(made.map((one) => one.input.files.F)).toEqual(files.map((one) => [one]));
    expect(made[0]!.input.json).toEqual({ N: 7 });
    const jobs = await db.query(
      'select distinct priority, batch_id, status from job where batch_id = $1 order by 3',
      [id],
    );
    expect(jobs).toEqual([
      { priority: 100, batch_id: id, status: 'PENDING' },
      { priority: 3, batch_id: id, status: 'QUEUED' },
    ]);
    expect(await batchDetails(db, id)).toMatchObject({
      state: 'CREATED',
      runs_created: 7,
      runs_refused: 0,
      problem: null,
      counters: { jobs_total: 14, jobs_queued: 7, jobs_pending: 7, recipes_total: 7, recipes_completed: 0 },
    });
  });

  it('goes on without a member whose file is gone, and tells of it', async () => {
    const { id: datasetId, files } = await dataset(4);
    const { id } = await create({ recipe_type_id: type.id, definition: { dataset: datasetId } });
    await db.query('update scale_file set is_deleted = true where id = $1', [files[1]]);
    await finish(id);
    expect((await recipesOf(id)).map((one) => one.input.files.F[0])).toEqual([files[0], files[2], files[3]]);
    const details = await batchDetails(db, id);
    expect(details).toMatchObject({
      runs_created: 3,
      runs_refused: 1,
      problem: expect.stringContaining('deleted'),
    });
    expect(details!.refusals).toMatchObject([{ errors: [{ name: 'DELETED_FILE' }] }]);
  });

  it('maps parameters to inputs, and takes no member that came after it', async () => {
    const { id: datasetId } = await dataset(2, 'SCENE');
    const map = { inputMap: [{ input: 'F', datasetParameter: 'SCENE' }] };
    const post = { recipe_type_id: type.id, definition: { dataset: datasetId } };
    await expect(create(post)).rejects.toMatchObject({ findings: [{ name: 'MISMATCHED_PARAMS' }] });
    const { id } = await create({ ...post, configuration: { ...map, reuse: true } });
    await db.query(
      'insert into dataset_member (dataset_id, data) select dataset_id, data from dataset_member where dataset_id = $1',
      [datasetId],
    );
    await finish(id);
    expect(await recipesOf(id)).toHaveLength(2);
    const jobs = await db.query<{ reuse: boolean }>(
      `select reuse from job where batch_id = $1 and not awaits_input`,
      [id],
    );
    expect(new Set(jobs.map(({ reuse }) => reuse))).toEqual(new Set([true]));
  });

  it('makes nothing twice when several make it at once', async () => {
    const { id: datasetId, files } = await dataset(12);
    const { id } = await create({ recipe_type_id: type.id, definition: { dataset: datasetId } });
    await Promise.all([finish(id, 2), finish(id, 3), finish(id, 1)]);
    expect((await recipesOf(id)).map((one) => one.input.files.F[0])).toEqual(files);
  });

  it('ends when it is canceled', async () => {
    const { id: datasetId } = await dataset(5);
    const { id } = await create({ recipe_type_id: type.id, definition: { dataset: datasetId } });
    const submission = { config: world.context.config, engineSockets: [] };
    await createNext(db, { submission, recipes: world.context }, id, 2);
    await db.query(`update batch set state = 'CANCELED' where id = $1`, [id]);
    await finish(id);
    expect(await recipesOf(id)).toHaveLength(2);
    expect(await batchDetails(db, id)).toMatchObject({ state: 'CANCELED', runs_created: 2 });
  });
});

describe('a batch that re-processes another one', () => {
  it('supersedes its recipes, and those that were left the time before', async () => {
    const type = await recipeType();
    const { id: datasetId } = await dataset(3);
    const first = await create({ recipe_type_id: type.id, definition: { dataset: datasetId } });
    const again = (more: object = {}) => ({
      recipe_type_id: type.id,
      definition: { previous_batch: { root_batch_id: first.id, ...more } },
    });
    await expect(create(again())).rejects.toMatchObject({
      findings: [{ name: 'PREV_BATCH_STILL_CREATING' }],
    });
    await finish(first.id);
    const [one, two, three] = await recipesOf(first.id);
    await endAll(one!.id);
    await endAll(two!.id);

    const second = await create(again());
    await finish(second.id);
    expect((await recipesOf(second.id)).map(({ old }) => old)).toEqual([three!.id]);
    const details = await batchDetails(db, second.id);
    expect(details).toMatchObject({
      runs_created: 1,
      runs_refused: 2,
      root_batch: { id: first.id },
      superseded_batch: { id: first.id },
      refusals: [{ position: one!.id, errors: [{ name: 'NOTHING_TO_REPROCESS' }] }, { position: two!.id }],
    });
    expect(await batchDetails(db, first.id)).toMatchObject({ is_superseded: true });

    const third = await create(again({ forced_nodes: { all: false, nodes: ['b'] } }));
    await finish(third.id);
    const [newer] = await recipesOf(second.id);
    expect((await recipesOf(third.id)).map(({ old }) => old)).toEqual([one!.id, two!.id, newer!.id]);
    expect(await batchDetails(db, third.id)).toMatchObject({
      superseded_batch: { id: second.id },
      runs_created: 3,
    });
  });

  it('is refused where a node that is to run again is not there, and supersedes nothing', async () => {
    const inner = await recipeType();
    const outer = await world.recipeType({ input, nodes: { s: node(inner.node, connected) } });
    const recipe_type_id = await typeOf(outer.revisionId);
    const { id: datasetId } = await dataset(1);
    const first = await create({ recipe_type_id, definition: { dataset: datasetId } });
    await finish(first.id);
    const again = (forced_nodes: ForcedNodes) =>
      create({ recipe_type_id, definition: { previous_batch: { root_batch_id: first.id, forced_nodes } } });
    const refusal = { findings: [{ name: 'UNKNOWN_NODE' }] };
    await expect(again({ all: false, nodes: ['nope'] })).rejects.toMatchObject(refusal);
    const inside = (name: string) => ({ all: false, sub_recipes: { s: { all: false, nodes: [name] } } });
    await expect(again(inside('nope'))).rejects.toMatchObject(refusal);
    expect(await batchDetails(db, first.id)).toMatchObject({ is_superseded: false });
    await again(inside('b'));
    expect(await batchDetails(db, first.id)).toMatchObject({ is_superseded: true });
  });

  it('makes new recipes of the same inputs where none is to be superseded', async () => {
    const type = await recipeType();
    const { id: datasetId, files } = await dataset(2);
    const first = await create({
      recipe_type_id: type.id,
      definition: { dataset: datasetId },
      configuration: { priority: 6, reuse: true },
    });
    await finish(first.id);
    const second = await create({
      recipe_type_id: type.id,
      definition: { previous_batch: { root_batch_id: first.id }, supersedes: false },
      configuration: { reuse: false },
    });
    await finish(second.id);
    const configurations = await db.query('select configuration from recipe where batch_id = $1', [
      second.id,
    ]);
    expect(configurations).toEqual(Array(2).fill({ configuration: { priority: 6, reuse: false } }));
    expect((await recipesOf(second.id)).map((one) => [one.input.files.F[0], one.old])).toEqual([
      [files[0], null],
      [files[1], null],
    ]);
    expect(await batchDetails(db, first.id)).toMatchObject({ is_superseded: false });
    const third = await create({
      recipe_type_id: type.id,
      definition: { previous_batch: { root_batch_id: first.id }, supersedes: false },
    });
    await finish(third.id);
    expect(await batchDetails(db, third.id)).toMatchObject({ runs_estimated: 2, runs_created: 2 });
    expect(
      await db.query(
        `select o.batch_id as of from recipe r join recipe o on o.id = r.previous_recipe_id where r.batch_id = $1`,
        [third.id],
      ),
    ).toEqual(Array(2).fill({ of: second.id }));
  });
});

describe('a batch of jobs', () => {
  it('has one job for each member, and tells what they took', async () => {
    const { id: job_type_id, name } = await jobType();
    const { id: datasetId, files } = await dataset(5);
    await db.query('update scale_file set is_deleted = true where id = $1', [files[4]]);
    const { id } = await create({
      job_type_id,
      definition: { dataset: datasetId },
      configuration: { priority: 9 },
    });
    await finish(id, 2);
    const jobs = await db.query<{ id: number; priority: number; status: string; input: object }>(
      'select id, priority, status, input from job where batch_id = $1 order by id',
      [id],
    );
    expect(jobs.map((one) => one.input)).toEqual(
      files.slice(0, 4).map((one) => ({ version: '7', files: { F: [one] }, json: { N: 7 } })),
    );
    expect(jobs[0]).toMatchObject({ priority: 9, status: 'QUEUED' });
    for (const { id: one } of jobs) await world.end(one);
    await countAll(db);
    expect(await batchDetails(db, id)).toMatchObject({
      runs_created: 4,
      runs_refused: 1,
      counters: { jobs_total: 4, jobs_completed: 4, recipes_total: 0 },
      metrics: { [name]: { counters: { jobs_completed: 4 }, job: { avg: expect.any(Number) } } },
    });
  });
});

describe('a batch that runs the jobs of another one again', () => {
  let type: Awaited<ReturnType<typeof jobType>>;
  let first: number;
  let files: number[];
  beforeAll(async () => {
    type = await jobType();
  });
  beforeEach(async () => {
    const made = await dataset(4);
    files = made.files;
    const definition = { dataset: made.id };
    ({ id: first } = await create({ job_type_id: type.id, definition, configuration: { priority: 30 } }));
    await finish(first);
  });

  const again = (definition: object = {}, more: Partial<BatchPost> = {}) => ({
    job_type_id: type.id,
    ...more,
    definition: { previous_batch: { root_batch_id: first }, ...definition },
  });
  const createAgain = async (...parts: Parameters<typeof again>) => {
    const { id } = await create(again(...parts));
    await finish(id);
    return id;
  };
  const jobsOf = (batch: number) =>
    db.query<Job>(
      `select id, previous_job_id as old, status, priority, reuse, is_superseded as "isSuperseded",
         (input->'files'->'F'->>0)::bigint as file, job_type_id as type, cancel_requested is not null as canceling
       from job where batch_id = $1 order by id`,
      [batch],
    );
  interface Job {
    readonly id: number;
    readonly old: number | null;
    readonly status: string;
    readonly priority: number;
    readonly reuse: boolean | null;
    readonly isSuperseded: boolean;
    readonly file: number;
    readonly type: number;
    readonly canceling: boolean;
  }
  /** Ends a job with a product. */
  const endWithProduct = async (job: number) => {
    const [product] = await world.files(1);
    await db.query(
      `update scale_file set file_type = 'PRODUCT', job_id = $2, is_published = true where id = $1`,
      [product, job],
    );
    await world.end(job, 'COMPLETED', { files: { OUT: [product!] } });
  };
  /** Jobs whose products are published. */
  const published = async () => {
    const rows = await db.query<{ job: number }>(
      `select job_id as job from scale_file where is_published and not is_superseded and job_id is not null order by 1`,
    );
    return rows.map(({ job }) => job);
  };

  it('makes one for each, with the same input and priority, and supersedes it whatever has become of it', async () => {
    const before = await jobsOf(first);
    const [done, failed, running] = before;
    await world.end(done!.id);
    await world.end(failed!.id, 'FAILED');
    await world.claim(running!.id);
    const second = await createAgain();
    const made = await jobsOf(second);
    expect(made.map(({ old, file }) => [old, file])).toEqual(before.map(({ id, file }) => [id, file]));
    expect(made).toMatchObject(Array(4).fill({ status: 'QUEUED', priority: 30, isSuperseded: false }));
    expect(await jobsOf(first)).toMatchObject([
      { status: 'COMPLETED', isSuperseded: true, canceling: false },
      { status: 'FAILED', isSuperseded: true, canceling: false },
      { status: 'RUNNING', isSuperseded: true, canceling: true },
      { status: 'CANCELED', isSuperseded: true, canceling: false },
    ]);
    expect(await batchDetails(db, first)).toMatchObject({ is_superseded: true });
    expect(await batchDetails(db, second)).toMatchObject({
      ...{ root_batch: { id: first }, superseded_batch: { id: first } },
      ...{ runs_estimated: 4, runs_created: 4, runs_refused: 0 },
    });

    const third = await createAgain({}, { configuration: { priority: 4, reuse: true } });
    expect(await jobsOf(third)).toMatchObject(made.map(({ id }) => ({ old: id, priority: 4, reuse: true })));
    expect(await compareBatches(db, first)).toMatchObject([
      { id: first, metrics: { [type.name]: { counters: { jobs_total: 4, jobs_completed: 1 } } } },
      { id: second, metrics: { [type.name]: { counters: { jobs_total: 4, jobs_canceled: 4 } } } },
      { id: third, metrics: { [type.name]: { counters: { jobs_total: 4, jobs_queued: 4 } } } },
    ]);
    const fourth = await createAgain();
    expect(await jobsOf(fourth)).toMatchObject(Array(4).fill({ priority: 4, reuse: true }));
  });

  it('takes the place of their products as each completes, and of none that were not superseded', async () => {
    const [one, two, three] = await jobsOf(first);
    for (const job of [one!, two!]) await endWithProduct(job.id);
    const late = await world.claim(three!.id);
    const [again1, again2] = await jobsOf(await createAgain());
    expect(await published()).toEqual([one!.id, two!.id]);

    await endWithProduct(again1!.id);
    await world.end(again2!.id, 'FAILED');
    expect(await published()).toEqual([two!.id, again1!.id]);
    const [product] = await world.files(1);
    await db.query(
      `update scale_file set file_type = 'PRODUCT', job_id = $2, is_published = true where id = $1`,
      [product, three!.id],
    );
    await world.finish(late, 'COMPLETED', { files: { OUT: [product!] } });
    expect(await published()).toEqual([two!.id, again1!.id]);

    const [third1, third2] = await jobsOf(await createAgain());
    await endWithProduct(third2!.id);
    expect(await published()).toEqual([again1!.id, third2!.id]);
    await endWithProduct(third1!.id);
    const all = await published();
    expect(all).toEqual([third1!.id, third2!.id]);

    const beside = await jobsOf(await createAgain({ supersedes: false }));
    await endWithProduct(beside[0]!.id);
    expect(await published()).toEqual([...all, beside[0]!.id]);
    const last = await jobsOf(await createAgain());
    expect(last.map(({ old }) => old)).toEqual(beside.map(({ id }) => id));
    await endWithProduct(last[0]!.id);
    expect(await published()).toEqual([...all, last[0]!.id]);
  });

  it('supersedes nothing where it is told so, and is itself what is run again next', async () => {
    const before = await jobsOf(first);
    const second = await createAgain({ supersedes: false });
    const made = await jobsOf(second);
    expect(made.map(({ old }) => old)).toEqual(before.map(({ id }) => id));
    expect(await jobsOf(first)).toEqual(before);
    expect(await batchDetails(db, first)).toMatchObject({ is_superseded: false });
    const third = await jobsOf(await createAgain());
    expect(third.map(({ old }) => old)).toEqual(made.map(({ id }) => id));
    expect(await jobsOf(first)).toEqual(before);
  });

  it('leaves one that cannot be made to the next batch', async () => {
    const before = await jobsOf(first);
    const [, gone] = before;
    const deleted = (is: boolean) =>
      db.query('update scale_file set is_deleted = $2 where id = $1', [files[1], is]);
    await deleted(true);
    const second = await createAgain();
    expect(await batchDetails(db, second)).toMatchObject({
      ...{ runs_created: 3, runs_refused: 1 },
      refusals: [{ position: gone!.id, errors: [{ name: 'DELETED_FILE' }] }],
    });
    expect((await jobsOf(first))[1]).toMatchObject({ status: 'QUEUED', isSuperseded: false });
    await deleted(false);
    const third = await jobsOf(await createAgain());
    expect(third.map(({ old }) => old)).toEqual([gone!.id, ...(await jobsOf(second)).map(({ id }) => id)]);
  });

  it('goes on where the one before it was canceled, and makes nothing twice when several make it', async () => {
    const submission = { config: world.context.config, engineSockets: [] };
    const { id: second } = await create(again());
    await createNext(db, { submission, recipes: world.context }, second, 2);
    await db.query(`update batch set state = 'CANCELED' where id = $1`, [second]);
    const before = await jobsOf(first);
    const { id: third } = await create(again());
    await Promise.all([finish(third, 2), finish(third, 3), finish(third, 1)]);
    const olds = [...before.slice(2), ...(await jobsOf(second))].map(({ id }) => id);
    expect((await jobsOf(third)).map(({ old }) => old)).toEqual(olds);
  });

  it('runs them as another version of the type, where their input does for that', async () => {
    const parts = {
      ...{ name: type.name, jobVersion: '2.0.0' },
      interface: {
        inputs: { files: [{ name: 'F' }], json: [{ name: 'M', type: 'integer', required: false }] },
      },
    };
    const manifest = manifestDocument(parts);
    const { jobTypeId } = await registerJobType(db, testManifest(parts), manifest, `${type.name}:2`, 'jane');
    const second = await createAgain({}, { job_type_id: jobTypeId });
    expect(await jobsOf(second)).toMatchObject(
      (await jobsOf(first)).map(({ id }) => ({ old: id, type: jobTypeId })),
    );
    const [row] = await db.query<{ input: object }>('select input from job where batch_id = $1 limit 1', [
      second,
    ]);
    expect(row!.input).toEqual({ version: '7', files: { F: [files[0]] }, json: {} });
    const third = await createAgain();
    expect(await batchDetails(db, third)).toMatchObject({
      ...{ runs_created: 0, runs_refused: 4 },
      problem: expect.stringContaining('N'),
    });
    expect(await jobsOf(second)).toMatchObject(Array(4).fill({ isSuperseded: false, status: 'QUEUED' }));
  });

  it('is refused for jobs of another type, for recipes, for nodes, and where there is nothing', async () => {
    const names = async (post: BatchPost) =>
      (await judgePost(db, post)).errors.map(({ name }: { name: string }) => name);
    const other = (await world.job({ inputs: { files: [{ name: 'F' }] } })) as { job_type_name: string };
    const [otherType] = await db.query<{ id: number }>('select id from job_type where name = $1', [
      other.job_type_name,
    ]);
    const recipe = await recipeType();
    const job_type_id = otherType!.id;
    expect(await names(again({}, { job_type_id }))).toEqual(['MISMATCHED_JOB_TYPE']);
    const { definition } = again();
    expect(await names({ recipe_type_id: recipe.id, definition })).toEqual(['MISMATCHED_RECIPE_TYPE']);
    const { id: datasetId } = await dataset(1);
    const { id: root_batch_id } = await create({
      recipe_type_id: recipe.id,
      definition: { dataset: datasetId },
    });
    await finish(root_batch_id);
    expect(await names(again({ previous_batch: { root_batch_id } }))).toEqual(['MISMATCHED_JOB_TYPE']);

    const forced_nodes = { all: true };
    const nodes = { previous_batch: { root_batch_id: first, forced_nodes } };
    expect(await names(again(nodes))).toEqual(['INVALID_DEFINITION']);
    expect(await names(again({ forced_nodes }))).toEqual(['INVALID_DEFINITION']);
    expect(await names(again())).toEqual([]);

    const { id: second } = await create(again());
    expect(await names(again())).toEqual(['PREV_BATCH_STILL_CREATING']);
    await finish(second);
    const empty = await dataset(1);
    await db.query('update scale_file set is_deleted = true where id = any($1)', [empty.files]);
    const none = await create({ job_type_id: type.id, definition: { dataset: empty.id } });
    await finish(none.id);
    expect(await names(again({ previous_batch: { root_batch_id: none.id } }))).toEqual(['NO_RECIPES']);
  });
});

it('a batch of tasks is staged', async () => {
  const type = await recipeType();
  const { id } = await create({ name: 'tiles', recipe_type_id: type.id, definition: { tasks: true } });
  expect(await batchDetails(db, 'tiles')).toMatchObject({ id, state: 'STAGING', tasks: { staged: 0 } });
  await expect(
    create({ name: 'tiles', recipe_type_id: type.id, definition: { tasks: true } }),
  ).rejects.toMatchObject({ error: 'batch-name-taken' });
});
