import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BatchDefinition } from '../seed-schema/index.ts';
import { createBatch } from '../runtime/batch/index.ts';
import { localWorkspace } from '../runtime/catalog/index.ts';
import { connect, type Database } from '../runtime/database/index.ts';
import { until } from './support/cli-files.ts';
import { testDatabase, type TestDatabase } from './support/database.ts';
import { programArguments } from './support/programs.ts';
import { given, node, RecipeWorld } from './support/recipe-world.ts';

const members = 240;
const kills = 3;

let test: TestDatabase;
let db: Database;
let world: RecipeWorld;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  test = await testDatabase();
  db = await connect({ home: '', databaseUrl: test.url });
  world = new RecipeWorld(db, await localWorkspace(db));
});
afterAll(async () => {
  for (const child of children) await kill(child);
  await db.close();
  await test.drop();
});

function start(): ChildProcess {
  const child = spawn(process.execPath, programArguments('support/batches-process'), {
    env: {
      ...process.env,
      ...{ DATABASE_URL: test.url, SEED_HOME: '/nowhere', SEED_TEST_CHUNK: '4', NODE_OPTIONS: '' },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  child.kill('SIGKILL');
  await ended;
}

/** One member for each number from 1. */
async function numbers(): Promise<number> {
  const definition = { parameters: { files: [], json: [{ name: 'N', type: 'integer' }] } };
  const [row] = await db.query<{ id: number }>(
    `with made as (insert into dataset (definition, members) values ($1, $2) returning id), members as (
       insert into dataset_member (dataset_id, data) select id, jsonb_build_object('json', jsonb_build_object('N', n))
       from made, generate_series(1, $2) n order by n)
     select id from made`,
    [JSON.stringify(definition), members],
  );
  return row!.id;
}

async function position(batch: number) {
  const [row] = await db.query<{ created: number; state: string }>(
    'select runs_created as created, state from batch where id = $1',
    [batch],
  );
  return row!;
}

/** Makes what a batch makes, by processes that are killed over and over. */
async function makeWithKills(id: number): Promise<void> {
  let killed = 0;
  for (let nth = 0; nth < kills; nth += 1) {
    const before = await position(id);
    // Beside each other: one of them works, and the other one takes over at once.
    const child = start();
    await until('some runs to be made', async () => {
      const { created, state } = await position(id);
      return created > before.created || state === 'CREATED' ? true : undefined;
    });
    if (nth === 0) start();
    await delay(Math.random() * 30);
    await kill(child);
    if ((await position(id)).state === 'CREATING') killed += 1;
  }
  expect(killed).toBeGreaterThan(0);
  start();
  await until('all runs to be made', async () =>
    (await position(id)).state === 'CREATED' ? true : undefined,
  );
  for (const child of children) await kill(child);
}

it('a batch whose makers are killed over and over has each recipe and each job once', async () => {
  const job = await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } });
  const { revisionId } = await world.recipeType({
    input: { files: [], json: [{ name: 'N', type: 'integer', required: true }] },
    nodes: { a: node(job, { N: given('N') }), b: node(job, { N: given('N') }, { after: ['a'] }) },
  });
  const [type] = await db.query<{ id: number }>(
    'select recipe_type_id as id from recipe_type_revision where id = $1',
    [revisionId],
  );
  const dataset = await numbers();
  const { id } = await db.transaction((tx) =>
    createBatch(tx, { recipe_type_id: type!.id, definition: { dataset } }, 'jane'),
  );
  await makeWithKills(id);
  const recipes = await db.query<{ n: number; jobs: number }>(
    `select (r.input->'json'->>'N')::integer as n, (select count(*) from job where recipe_id = r.id) as jobs
     from recipe r where r.batch_id = $1 order by 1`,
    [id],
  );
  expect(recipes).toEqual(Array.from({ length: members }, (_, at) => ({ n: at + 1, jobs: 2 })));
  expect(await position(id)).toEqual({ created: members, state: 'CREATED' });
}, 120_000);

it('a batch of jobs that runs those of another one again has each once, and supersedes each once', async () => {
  await world.job({ inputs: { json: [{ name: 'N', type: 'integer' }] } });
  const [type] = await db.query<{ id: number }>('select max(id) as id from job_type');
  const create = (definition: BatchDefinition) =>
    db.transaction((tx) => createBatch(tx, { job_type_id: type!.id, definition }, 'jane'));
  const first = await create({ dataset: await numbers() });
  start();
  await until('all jobs to be made', async () =>
    (await position(first.id)).state === 'CREATED' ? true : undefined,
  );
  for (const child of children) await kill(child);
  const second = await create({ previous_batch: { root_batch_id: first.id } });
  await makeWithKills(second.id);
  const jobs = await db.query<object>(
    `select (n.input->'json'->>'N')::integer as n, n.status, o.status as old, o.is_superseded as superseded,
       o.batch_id as "of", (select count(*) from event where entity = 'job' and entity_id = o.id and kind = 'canceled') as cancels
     from job n join job o on o.id = n.previous_job_id where n.batch_id = $1 order by 1`,
    [second.id],
  );
  const each = { status: 'QUEUED', old: 'CANCELED', superseded: true, of: first.id, cancels: 1 };
  expect(jobs).toEqual(Array.from({ length: members }, (_, at) => ({ n: at + 1, ...each })));
  expect(await position(second.id)).toEqual({ created: members, state: 'CREATED' });
}, 120_000);
