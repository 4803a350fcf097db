import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { withDatabase } from '../../test/support/connected.ts';
import { TestQueue } from '../../test/support/queue.ts';
import type { Database } from '../database/index.ts';
import {
  abandon,
  adopt,
  dismiss,
  freeKeys,
  privateRuntimes,
  registerRuntime,
  takeQueue,
  withdraw,
} from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const statusOf = async (job: number) => {
  const [row] = await db.query<{ status: string; dedupe_key: string | null; destination: string | null }>(
    'select status, dedupe_key, destination from job where id = $1',
    [job],
  );
  return row!;
};

/** A runtime of a queue that is dead: nobody holds its presence, and its lease is over or not. */
async function runtimeOf(queue: string, id: string, lease: 'over' | 'running' = 'over'): Promise<string> {
  await registerRuntime(db, { runtime: id, hostname: 'there', pid: 7, nodes: [], queue });
  if (lease === 'over')
    await db.query(`update runtime set lease_until = now() - interval '1 minute' where id = $1`, [id]);
  return id;
}

describe('a private queue', () => {
  it('has one living runtime', async () => {
    const queue = randomUUID();
    const me = (runtime: string) => ({ runtime, hostname: 'here', pid: 1, nodes: [], queue });
    await runtimeOf(queue, '900', 'running');
    expect(await takeQueue(db, me('901'))).toBeUndefined();
    // The first one is dead, whatever its lease says; a living one is told of.
    expect(await takeQueue(db, me(db.presence.runtime))).toBeUndefined();
    expect(await takeQueue(db, me('902'))).toMatchObject({
      runtime: db.presence.runtime,
      hostname: 'here',
      pid: 1,
    });
    expect(await privateRuntimes(db)).toEqual(expect.arrayContaining(['900', '901']));
    expect(await privateRuntimes(db)).not.toContain('902');
    await db.query('delete from runtime where queue = $1', [queue]);
  });

  it('is adopted from by its own runtimes only', async () => {
    const queue = await new TestQueue(db).open();
    await queue.claim(await queue.submit(await queue.type(), {}), '910');
    await runtimeOf(queue.name, '910');
    expect(await adopt(db, db.presence.runtime, ['910'], [queue.nodeId])).toEqual([]);
    expect(await adopt(db, db.presence.runtime, ['910'], [queue.nodeId], queue.name)).toHaveLength(1);
  });

  it('is given up by others when its runtime is dead: slots are free, and nothing waits any more', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const [ran] = await queue.submit(type, { dedupeKey: randomUUID() });
    const [execution] = await queue.claim([ran!], '920');
    const [waiting] = await queue.submit(type, { dedupeKey: randomUUID() });
    await runtimeOf(queue.name, '920');
    expect(await abandon(db, ['920'], queue.name)).toEqual([]);
    expect(await abandon(db, ['920'])).toMatchObject([
      { id: execution!.id, attemptDirectory: execution!.attemptDirectory },
    ]);
    expect(await queue.taken()).toEqual([]);
    for (const job of [ran!, waiting!])
      expect(await statusOf(job)).toMatchObject({ status: 'CANCELED', dedupe_key: null });
    expect(await queue.events(ran!)).toEqual(['queued', 'started', 'retried', 'canceled']);
    expect(await privateRuntimes(db)).not.toContain('920');
  });

  it('keeps what waits, and what runs, where a successor is at work: it adopts that', async () => {
    const queue = await new TestQueue(db).open();
    const [ran] = await queue.submit(await queue.type(), { dedupeKey: randomUUID() });
    await queue.claim([ran!], '930');
    await runtimeOf(queue.name, '930');
    await runtimeOf(queue.name, '931', 'running');
    const [waits] = await queue.submit(await queue.type(), { dedupeKey: randomUUID() });
    expect(await abandon(db, ['930'])).toEqual([]);
    expect(await statusOf(ran!)).toMatchObject({ status: 'RUNNING', dedupe_key: expect.any(String) });
    expect(await statusOf(waits!)).toMatchObject({ status: 'QUEUED', dedupe_key: expect.any(String) });
  });

  it('is left alone while its lease lasts, and so is the queue of the services', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const jobs = await queue.submit(type, {});
    await queue.claim(jobs, '940');
    await runtimeOf(queue.name, '940', 'running');
    await runtimeOf('default', '941');
    expect(await abandon(db, ['940', '941'])).toEqual([]);
    expect(await db.query(`select 1 from runtime where id in ('940', '941')`)).toHaveLength(2);
  });

  it('is begun anew by a successor: what waits is withdrawn, and what was moved', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const job = (destination: string) => ({ destination, dedupeKey: randomUUID() });
    const [here, moved] = await queue.submit(type, job('/out/a'), job('/other/b'));
    await queue.claim([here!, moved!], '950');
    const [waiting] = await queue.submit(type, job('/out/c'));
    await withdraw(db, queue.name, '/out', 'jane');
    expect(await statusOf(here!)).toMatchObject({ status: 'RUNNING', destination: '/out/a' });
    expect(await statusOf(here!)).toMatchObject({ dedupe_key: expect.any(String) });
    expect(await statusOf(moved!)).toEqual({ status: 'RUNNING', dedupe_key: null, destination: null });
    expect(await statusOf(waiting!)).toMatchObject({ status: 'CANCELED', dedupe_key: null });
  });

  it('frees the keys of what did not complete', async () => {
    const queue = await new TestQueue(db).open();
    const keys = ['QUEUED', 'COMPLETED', 'FAILED', 'CANCELED'].map((status) => `${status}-${randomUUID()}`);
    const jobs = await queue.submit(await queue.type(), ...keys.map((dedupeKey) => ({ dedupeKey })));
    for (const [at, job] of jobs.entries())
      await db.query('update job set status = $2 where id = $1', [job, keys[at]!.split('-')[0]]);
    expect(await freeKeys(db, [...keys, 'unknown'])).toEqual(new Set(keys.slice(0, 2)));
    expect((await statusOf(jobs[2]!)).dedupe_key).toBeNull();
  });

  it('is dismissed at its end', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const [ran] = await queue.submit(type, {});
    const [execution] = await queue.claim([ran!]);
    const [waiting] = await queue.submit(type, {});
    await dismiss(db, queue.name, 'jane');
    expect((await statusOf(waiting!)).status).toBe('CANCELED');
    expect(await db.query('select cancel_actor from job where id = $1', [execution!.jobId])).toEqual([
      { cancel_actor: 'jane' },
    ]);
  });
});
