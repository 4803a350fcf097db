import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../../../test/support/api.ts';
import { ReuseWorld } from '../../../../test/support/reuse-world.ts';
import { readConfig } from '../../../config/index.ts';
import { recipeContext } from '../../../recipes/index.ts';
import { createNext } from '../../creation/create-next.ts';

let world: ReuseWorld;
let api: TestApi;
beforeAll(async () => {
  world = await ReuseWorld.begin();
  await world.start();
  api = await startApi(world.db);
  await world.db.query('update job_type set configuration = $1', [
    JSON.stringify({ settings: { SALT: '', PEPPER: null } }),
  ]);
});
afterAll(async () => {
  await api.close();
  await world.close();
});

interface Counts {
  readonly run: number;
  readonly reuse: number;
  readonly depend: number;
}
interface Told extends Counts {
  readonly looked_at: number;
  readonly refused: number;
  readonly runs: readonly (Counts & { readonly reason: string })[];
  readonly whole: Counts & {
    readonly members: number;
    readonly refused: number;
    readonly unknown: number;
    readonly refusals: readonly object[];
    readonly nodes: readonly { name: string; reasons: { action: string; reason: string; count: number }[] }[];
  };
}

let batches = 0;
/** What is told of a batch of these tasks: of the first ones, and of all. */
async function foreseen(tasks: readonly object[], limit = 1000, configuration: object = { reuse: true }) {
  const name = `batch-${++batches}`;
  const definition = { tasks: true };
  const post = { name, job_type_id: world.type.jobTypeId, definition, configuration };
  const { status, json } = await api.send('POST', 'batches/', post);
  expect({ status, json }).toMatchObject({ status: 201 });
  for (let at = 0; at < tasks.length; at += 1000) {
    const sent = { batch: name, tasks: tasks.slice(at, at + 1000) };
    expect(await api.send('POST', 'tasks/bulk/', sent)).toMatchObject({ status: 200 });
  }
  const told = await api.send('GET', `batches/${(json as { id: number }).id}/foreseen/?limit=${limit}`);
  expect(told).toMatchObject({ status: 200 });
  return told.json as unknown as Told;
}

/** A batch whose jobs are made, and have ended. */
async function made(post: object, tasks: readonly object[] = []) {
  const { json } = await api.send('POST', 'batches/', { job_type_id: world.type.jobTypeId, ...post });
  const { id, name } = json as unknown as { id: number; name: string | null };
  if (tasks.length > 0) {
    await api.send('POST', 'tasks/bulk/', { batch: name, tasks });
    await api.send('POST', `batches/${id}/finalize/`);
  }
  const config = readConfig({ SEED_HOME: world.home });
  const context = { submission: { config, engineSockets: [] }, recipes: recipeContext(world.db, config) };
  while (!(await createNext(world.db, context, id, 2)).isDone);
  world.wake();
  const jobs = await world.db.query<{ id: number }>('select id from job where batch_id = $1 order by id', [
    id,
  ]);
  for (const job of jobs) await world.ended(job.id);
  return { id, jobs: jobs.map((job) => job.id) };
}

const reasons = ({ whole }: Told) =>
  Object.fromEntries(
    whole.nodes.flatMap((node) =>
      node.reasons.map(({ action, reason, count }) => [`${action}: ${reason}`, count]),
    ),
  );

describe('what is told of a whole batch of single jobs', () => {
  const files: number[] = [];
  const task = (given: readonly number[], n?: number, settings?: object) => ({
    input: { files: { A: given }, ...(n !== undefined && { json: { N: n } }) },
    ...(settings && { configuration: { settings } }),
  });

  it('says of each the same as making it does, for every reason that there is', async () => {
    for (const content of ['a', 'b', 'c', 'd', 'e']) files.push(await world.file(content));
    const [a, b, c, d, e] = files as [number, number, number, number, number];
    const never = await foreseen([task([a])]);
    expect(reasons(never)).toEqual({ 'RUN: No job with its image has completed before': 1 });

    await world.run({ files: { A: [a] }, json: { N: 12 } });
    await world.run({ files: { A: [b] }, salt: 'x' });
    const gone = await world.run({ files: { A: [c] } });
    await world.db.query('update scale_file set is_deleted = true where id = any($1)', [gone.files]);
    await world.run({ files: { A: [d] } });

    const tasks = [
      ...[task([a], 12), task([a], 13), task([a]), task([b]), task([b], undefined, { SALT: 'x' })],
      ...[task([c]), task([d]), task([e])],
    ];
    const told = await foreseen(tasks);
    expect(reasons(told)).toEqual({
      'REUSE: The same work was done': 3,
      'RUN: The same work was done, and files of it are deleted': 1,
      'RUN: No completed job did the same work': 3,
      'RUN: The checksum of an input is not known yet': 1,
    });
    expect(told.whole).toMatchObject({ members: 8, refused: 0, run: told.run, reuse: told.reuse });
    expect(told.looked_at).toBe(8);

    const off = await foreseen(tasks, 1000, {});
    expect(reasons(off)).toMatchObject({
      'RUN: The same work was done, and it is not told to reuse that': 3,
    });
    expect(off.whole).toMatchObject({ run: 8, reuse: 0 });
  });

  it('is not said to run where a setting has no value', async () => {
    const configuration = JSON.stringify({ settings: { PEPPER: null } });
    const [row] = await world.db.query<{ before: object }>(
      'select configuration as before from job_type where id = $1',
      [world.type.jobTypeId],
    );
    const set = (to: string) => world.db.query('update job_type set configuration = $1', [to]);
    await set(configuration);
    const told = await foreseen([task([files[0]!])]);
    await set(JSON.stringify(row!.before));
    expect(told.whole).toMatchObject({ run: 0, unknown: 1 });
    const reason = 'It waits for a setting or a mount that has no value';
    expect(told.runs).toMatchObject([{ run: 0, reuse: 0, depend: 0, reason }]);
  });

  it('is told of jobs that are run again as of others, and says of each the same as making it does', async () => {
    const [f, g] = [await world.file('f'), await world.file('g')];
    const { id } = await made({ name: 'again', definition: { tasks: true } }, [
      task([f], 1),
      task([f], 2),
      task([g], 1),
    ]);
    await world.db.query('update scale_file set is_deleted = true where id = $1', [g]);
    const wanted = {
      job_type_id: world.type.jobTypeId,
      definition: { previous_batch: { root_batch_id: id } },
      configuration: { reuse: true },
    };
    const foresee = async (configuration: object) => {
      const { status, json } = await api.send('POST', 'batches/?dry_run=true', { ...wanted, configuration });
      expect(status).toBe(200);
      return json as unknown as Told;
    };
    const told = await foresee({ reuse: true });
    expect(told).toMatchObject({
      ...{ runs_estimated: 3, looked_at: 3, refused: 1, run: 0, reuse: 2 },
      whole: { members: 3, refused: 1, run: 0, reuse: 2, refusals: [{ reason: 'DELETED_FILE', count: 1 }] },
    });
    expect(await foresee({})).toMatchObject({ run: 2, reuse: 0, whole: { run: 2, reuse: 0 } });
    const states = async () => {
      const rows = await world.db.query<{ state: string }>(
        `select concat(status, case when is_superseded then ' superseded' end) as state from job where batch_id = $1 order by id`,
        [id],
      );
      return rows.map(({ state }) => state);
    };
    expect(await states()).toEqual(Array(3).fill('COMPLETED'));

    const publications = () =>
      world.db.query(
        `select f.id, f.is_published, f.is_superseded, f.published from scale_file f join job j on j.id = f.job_id
         where j.batch_id = $1 order by f.id`,
        [id],
      );
    const before = await publications();
    const again = await made(wanted);
    const outcomes = await Promise.all(again.jobs.map((job) => world.outcome(job)));
    expect(outcomes.map(({ reused }) => reused !== null)).toEqual([true, true]);
    expect(await states()).toEqual(['COMPLETED superseded', 'COMPLETED superseded', 'COMPLETED']);
    expect(await publications()).toEqual(before);
    const [old] = outcomes.map(({ reused }) => reused!);
    expect((await api.get(`jobs/${again.jobs[0]}/`)).json).toMatchObject({
      ...{ superseded_job: { id: old }, superseded_by_job: null },
    });
    expect((await api.get(`jobs/${old}/`)).json).toMatchObject({
      ...{ is_superseded: true, superseded_job: null, superseded_by_job: { id: again.jobs[0] } },
    });
  });

  it('does not end where what is told of single ones does, and makes nothing', async () => {
    const count = async () => (await world.db.query('select 1 from job')).length;
    const before = await count();
    const tasks = Array.from({ length: 4100 }, (_, n) => task([files[0]!], n));
    const told = await foreseen(tasks, 2);
    expect(told).toMatchObject({ looked_at: 2, whole: { members: 4100, run: 4099, reuse: 1 } });
    expect(await count()).toBe(before);
  });

  it('counts what would be refused by its errors', async () => {
    const name = `batch-${batches}`;
    const [row] = await world.db.query<{ id: number }>('select id from batch where name = $1', [name]);
    await world.db.query(
      `update task set payload = jsonb_set(payload, '{files,A}', '[987654]')
       where id in (select id from task where batch_id = $1 order by id limit 3)`,
      [row!.id],
    );
    const { json } = await api.send('GET', `batches/${row!.id}/foreseen/?limit=3`);
    const { whole, refused } = json as unknown as Told;
    expect(refused).toBe(3);
    expect(whole).toMatchObject({ members: 4100, refused: 3 });
    expect(whole.refusals).toEqual([{ reason: expect.stringMatching(/^[A-Z_]+$/), count: 3 }]);
  });
});
