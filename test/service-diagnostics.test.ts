import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../runtime/config/index.ts';
import { createEngine, diagnosticImage, type Engine } from '../runtime/engine/index.ts';
import { type DiagnosticKind, queueCasino, queueDiagnostics } from '../runtime/scheduler/index.ts';
import { testDatabase } from './support/database.ts';
import { FaultWorld } from './support/fault-world.ts';

let world: FaultWorld;
let engine: Engine;
let end: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  world = await FaultWorld.open({ databaseUrl: test.url, env: { SEED_PULL: 'never' } });
  await world.start();
  engine = await createEngine(readConfig(world.env));
  end = async () => {
    await world.close();
    await test.drop();
    engine.close();
  };
});
afterAll(() => end());

const context = () => ({ config: readConfig(world.env), engineSockets: [] });

/** Queues jobs of a kind, and waits for them. */
async function run(kind: DiagnosticKind, count: number) {
  const { type } = await queueDiagnostics(world.db, context(), { kind, count }, 'tests');
  world.db.notify('queue');
  const jobs = await world.query<{ id: number }>('select id from job where job_type_id = $1 order by id', [
    type.id,
  ]);
  expect(jobs).toHaveLength(count);
  const ends = [];
  for (const { id } of jobs) ends.push(await world.ended(id));
  return { type, jobs, ends };
}

describe('diagnostic jobs', () => {
  it('run without any registry: their image is made by the engine that is to run them', async () => {
    const { type, ends } = await run('hello', 3);
    expect(type).toMatchObject({ name: 'scale-hello', docker_image: diagnosticImage, is_system: false });
    expect(ends).toEqual(Array(3).fill({ status: 'COMPLETED', error: null }));
    expect(await engine.inspectImage(diagnosticImage)).toBeDefined();
  });

  it('count on both streams, and complete or fail by chance', async () => {
    const [counted, tossed] = await Promise.all([run('count', 1), run('roulette', 3)]);
    expect(counted.ends[0]!.status).toBe('COMPLETED');
    const [execution] = await world.query<{ id: number }>('select id from job_exe where job_id = $1', [
      counted.jobs[0]!.id,
    ]);
    const all = Array.from({ length: 100 }, (_, number) => number);
    const odd = all.filter((number) => number % 2 === 1);
    expect((await world.logOf(execution!.id)).trim().split('\n').map(Number)).toEqual([...all, ...odd]);
    for (const { status, error } of tossed.ends)
      expect([status, error]).toEqual(
        status === 'COMPLETED' ? ['COMPLETED', null] : ['FAILED', 'landed-on-red'],
      );
  });

  it('say hello after the wheel in a recipe, and not where that ended badly', async () => {
    const { type } = await queueCasino(world.db, context(), { count: 4 }, 'tests');
    world.db.notify('queue');
    const spun = await world.query<{ recipe: number; roulette: number; hello: number }>(
      `select r.id as recipe, a.job_id as roulette, b.job_id as hello from recipe r
       join recipe_node a on a.recipe_id = r.id and a.name = 'scale-roulette'
       join recipe_node b on b.recipe_id = r.id and b.name = 'scale-hello'
       where r.recipe_type_id = $1`,
      [type.id],
    );
    expect(spun).toHaveLength(4);
    for (const { recipe, roulette, hello } of spun) {
      const { status } = await world.ended(roulette);
      if (status === 'COMPLETED') await world.ended(hello);
      const [row] = await world.query<{ status: string; done: boolean }>(
        `select j.status, r.is_completed as done from job j, recipe r where j.id = $1 and r.id = $2`,
        [hello, recipe],
      );
      expect([status, row]).toEqual(
        status === 'COMPLETED'
          ? ['COMPLETED', { status: 'COMPLETED', done: true }]
          : ['FAILED', { status: 'BLOCKED', done: false }],
      );
    }
  });
});
