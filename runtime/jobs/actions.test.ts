import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { TestQueue } from '../../test/support/queue.ts';
import type { Database } from '../database/index.ts';
import { finishMany } from './finish.ts';
import { executionFacts, interruptionCodes, queuePending, requestAction, stepAction } from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

/** Carries out what is asked for. @returns jobs changed, and transactions that it took */
async function carryOut(): Promise<{ changed: number; steps: number }> {
  let changed = 0;
  for (let steps = 0; ; steps++) {
    const step = await db.transaction((tx) => stepAction(tx, async () => undefined));
    if (!step) return { changed, steps };
    changed += step.changed;
  }
}

describe('a bulk cancel', () => {
  it('ends what waits, marks what runs, and leaves what is over and what is not meant', async () => {
    const queue = await new TestQueue(db).open();
    const [type, other] = [await queue.type(), await queue.type()];
    const [running, queued, pending] = await queue.submit(type, {}, {}, { status: 'PENDING' });
    const [spared] = await queue.submit(other, {});
    await queue.claim([running!]);
    await requestAction(db, { kind: 'cancel', filter: { jobTypeIds: [type.jobTypeId] }, actor: 'joe' });
    expect(await carryOut()).toEqual({ changed: 3, steps: 1 });
    const status = async (id: number | undefined) => (await queue.job(id!)).status;
    expect([
      await status(running),
      await status(queued),
      await status(pending),
      await status(spared),
    ]).toEqual(['RUNNING', 'CANCELED', 'CANCELED', 'QUEUED']);
    expect(await queue.events(running!)).toEqual(['queued', 'started', 'canceling']);
    expect(await queue.events(queued!)).toEqual(['queued', 'canceled']);
  });

  it('of thousands goes step by step, each its own transaction, and goes on where it was stopped', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    await queue.submit(type, ...Array.from({ length: 2500 }, () => ({})));
    await requestAction(db, { kind: 'cancel', filter: { jobTypeIds: [type.jobTypeId] }, actor: 'joe' });
    await expect(
      db.transaction(async (tx) => {
        await stepAction(tx, async () => undefined);
        throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    expect(await carryOut()).toEqual({ changed: 2500, steps: 3 });
    const [left] = await db.query<{ count: number }>(
      `select count(*) as count from job where queue = $1 and status <> 'CANCELED'`,
      [queue.name],
    );
    expect(left!.count).toBe(0);
  });
});

describe('a bulk requeue', () => {
  it('gives a job that was interrupted again and again its tries anew', async () => {
    const queue = await new TestQueue(db).open();
    const [job] = await queue.submit(await queue.type(), {});
    const fail = async (delaySeconds?: number) => {
      await db.query('update job set not_before = null where id = $1', [job]);
      const [execution] = await queue.claim([job!]);
      const facts = await executionFacts(db, execution!, interruptionCodes);
      const error = { name: 'runtime-lost', code: interruptionCodes[2] };
      const retry = delaySeconds === undefined ? undefined : { delaySeconds, counts: false };
      const times = { stdoutPath: null, stderrPath: null, exitCode: null, output: null, steps: [] };
      await finishMany(db, [
        { execution: execution!, ending: { status: 'FAILED', error, ...times, ...(retry && { retry }) } },
      ]);
      return facts;
    };
    expect(await fail(1)).toMatchObject({ tries: 1, triesBefore: 0, interrupted: 0 });
    expect(await fail()).toMatchObject({ tries: 2, triesBefore: 0, interrupted: 1 });
    await requestAction(db, { kind: 'requeue', filter: { jobIds: [job!] }, actor: 'joe' });
    await carryOut();
    expect(await fail(1)).toMatchObject({ tries: 3, triesBefore: 2, interrupted: 0 });
    expect(await fail()).toMatchObject({ tries: 4, triesBefore: 2, interrupted: 1 });
  });

  it('waits for the cancel before it, which another runtime is at', async () => {
    const queue = await new TestQueue(db).open();
    const [job] = await queue.submit(await queue.type(), {});
    const filter = { jobIds: [job!] };
    await requestAction(db, { kind: 'cancel', filter, actor: 'joe' });
    await requestAction(db, { kind: 'requeue', filter, priority: 7, actor: 'joe' });
    await db.transaction(async (other) => {
      expect(await stepAction(other, async () => undefined)).toMatchObject({ changed: 1, canceling: true });
      expect(await carryOut()).toEqual({ changed: 0, steps: 0 });
    });
    expect(await carryOut()).toEqual({ changed: 1, steps: 1 });
    expect(await queue.job(job!)).toMatchObject({ status: 'QUEUED', priority: 7 });
  });

  it('gives failed and canceled jobs three more tries, with another priority; never queued ones wait again', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const [failed, never, completed] = await queue.submit(type, {}, { status: 'PENDING' }, {});
    await db.query(
      `update job set status = 'FAILED', num_exes = 3, error = '{"name": "timeout"}' where id = $1`,
      [failed],
    );
    await db.query(`update job set status = 'CANCELED' where id = $1`, [never]);
    await db.query(`update job set status = 'COMPLETED' where id = $1`, [completed]);
    await requestAction(db, {
      kind: 'requeue',
      filter: { jobIds: [failed!, never!, completed!] },
      priority: 7,
      actor: 'joe',
    });
    const step = await db.transaction((tx) => stepAction(tx, async () => undefined));
    expect(step).toMatchObject({ changed: 2, pending: [type.jobTypeId], actor: 'joe' });
    expect(await queue.job(failed!)).toMatchObject({ status: 'QUEUED', max_tries: 6, priority: 7 });
    expect(await queue.job(never!)).toMatchObject({ status: 'PENDING' });
    expect(await queue.job(completed!)).toMatchObject({ status: 'COMPLETED', priority: 100 });
    expect(await queue.events(failed!)).toEqual(['queued', 'requeued']);
  });

  it.each([
    ['errorNames', { errorNames: ['timeout'] }, true],
    ['another error', { errorNames: ['canceled'] }, false],
    ['errorCategories', { errorCategories: ['ALGORITHM'] }, true],
    ['another category', { errorCategories: ['SYSTEM'] }, false],
    ['status', { status: ['FAILED'] as const }, true],
    ['another status', { status: ['CANCELED'] as const }, false],
    ['a span of time', { started: '2000-01-01T00:00:00Z' }, true],
    ['a span that is over', { ended: '2000-01-01T00:00:00Z' }, false],
  ])('is limited by %s', async (_name, filter, meant) => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const [job] = await queue.submit(type, {});
    await db.query(
      `update job set status = 'FAILED', error = '{"name": "timeout", "category": "job"}' where id = $1`,
      [job],
    );
    const jobTypes = await db.query<{ name: string; version: string }>(
      'select name, version from job_type where id = $1',
      [type.jobTypeId],
    );
    await requestAction(db, { kind: 'requeue', filter: { ...filter, jobTypes }, actor: 'joe' });
    await carryOut();
    expect((await queue.job(job!)).status).toBe(meant ? 'QUEUED' : 'FAILED');
  });
});

describe('jobs that lacked a setting', () => {
  it('are queued once it is there', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    const [job] = await queue.submit(type, { status: 'PENDING' });
    expect(await queuePending(db, [job!], 'jane')).toBe(1);
    expect(await queuePending(db, [job!], 'jane')).toBe(0);
    expect((await queue.job(job!)).status).toBe('QUEUED');
    expect(await queue.events(job!)).toEqual(['pending', 'queued']);
  });
});
