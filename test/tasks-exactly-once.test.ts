import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { localWorkspace } from '../runtime/catalog/index.ts';
import type { Database } from '../runtime/database/index.ts';
import { until } from './support/cli-files.ts';
import { testInstallation } from './support/cli.ts';
import { call } from './support/http.ts';
import { given, node, RecipeWorld } from './support/recipe-world.ts';
import { endServices, startService, type TestService } from './support/service.ts';

const installation = testInstallation();
const services: TestService[] = [];
let db: Database;
let batch: number;

beforeAll(async () => {
  const seedbed = await installation;
  db = await seedbed.database();
  const world = new RecipeWorld(db, await localWorkspace(db));
  // A setting that nobody gives keeps the jobs from being run.
  const json = [{ name: 'N', type: 'integer' }];
  const job = await world.job({ inputs: { json }, settings: [{ name: 'NEVER' }] });
  const { revisionId } = await world.recipeType({
    input: { files: [], json: [{ name: 'N', type: 'integer', required: true }] },
    nodes: { a: node(job, { N: given('N') }) },
  });
  const [row] = await db.query<{ id: number }>(
    `insert into batch (name, recipe_type_id, recipe_type_revision_id, definition, state)
     select 'killed', recipe_type_id, id, '{"tasks": true}', 'STAGING' from recipe_type_revision where id = $1 returning id`,
    [revisionId],
  );
  batch = row!.id;
});
afterAll(() => endServices(services));

let service: TestService | undefined;

/** Sends a request until it is answered, to a service that is started again where it was killed. */
async function send(route: string, body: object) {
  for (;;) {
    if (!service) services.push((service = await startService(await installation)));
    const token = (await readFile(path.join((await installation).home, 'token'), 'utf8')).trim();
    const headers = { Authorization: `Token ${token}`, 'Content-Type': 'application/json' };
    const text = JSON.stringify(body);
    const answer = await call(service.port, 'POST', `/v6/${route}`, headers, text).catch(() => undefined);
    if (answer) return answer;
    await service.ended;
    service = undefined;
  }
}

const kill = () => service?.child.kill('SIGKILL');

it('tasks are taken once and begun once by services that are killed at any moment', async () => {
  const bulks = Array.from({ length: 12 }, (_, nth) =>
    Array.from({ length: 50 }, (_, at) => ({ unique_id: `t-${nth}-${at}`, input: { json: { N: at } } })),
  );
  for (const [nth, tasks] of bulks.entries()) {
    const sent = send('tasks/bulk/', { batch: 'killed', tasks });
    if (nth % 5 === 3) {
      await delay(Math.random() * 40);
      kill();
    }
    const { status, json } = await sent;
    expect(status).toBe(200);
    const results = json.results as unknown as { status: number; same_payload?: boolean }[];
    expect(results.every((one) => one.status === 201 || one.same_payload === true)).toBe(true);
  }
  const finalizing = send(`batches/${batch}/finalize/`, {});
  await until('the batch to be finalized', async () => ((await state()) === 'STAGING' ? undefined : true));
  await delay(Math.random() * 300);
  kill();
  expect((await finalizing).status).toBe(200);
  await send(`batches/${batch}/finalize/`, {});
  await until('all tasks to be begun', async () => ((await state()) === 'CREATED' ? true : undefined));

  const [counts] = await db.query(
    `select count(*) as tasks, count(distinct unique_id) as ids, count(distinct recipe_id) as recipes,
       (select count(*) from recipe where batch_id = $1) as made, (select count(*) from job where batch_id = $1) as jobs
     from task where batch_id = $1 and state = 'CREATED'`,
    [batch],
  );
  expect(counts).toEqual({ tasks: 600, ids: 600, recipes: 600, made: 600, jobs: 600 });
}, 120_000);

const state = async () =>
  (await db.query<{ state: string }>('select state from batch where id = $1', [batch]))[0]!.state;
