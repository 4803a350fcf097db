import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { endOf, runJobs } from './jobs.ts';
import { pressure } from './pressure.ts';
import { loadWorld, type LoadWorld } from './world.ts';

let world: LoadWorld;
beforeAll(async () => {
  world = await loadWorld();
});
afterAll(() => world?.close());

/** `npm run test:load` is the long form, which also judges how much slower jobs are. */
it('200 connections that ask and submit while jobs run see no error, and all jobs complete', async () => {
  const { jobs, types } = world;
  const connections = world.connections(200);
  for (const type of Object.values(types)) await runJobs(jobs, type, 1, () => true); // some of the requests are for jobs 1 and 2
  let over = false;
  const pressing = pressure(connections, { rate: 150, seconds: 4, jobType: types.simulated }).finally(
    () => (over = true),
  );
  const isOver = () => over;
  const [{ took, errors, submitted }, simulated, real] = await Promise.all([
    pressing,
    runJobs(jobs, types.simulated, 4, isOver),
    runJobs(jobs, types.real, 1, isOver),
  ]);
  expect(errors).toEqual([]);
  expect(took.length).toBeGreaterThanOrEqual(600);
  // Each of them one, that stayed open.
  expect(connections.map(({ opened }) => opened)).toEqual(connections.map(() => 1));
  expect([simulated.length >= 4, real.length >= 1]).toEqual([true, true]);
  expect(submitted.length).toBeGreaterThanOrEqual(30);
  for (const id of submitted) await endOf(jobs, id);
});
