import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../test/support/connected.ts';
import { TestQueue } from '../../test/support/queue.ts';
import type { Database, Queries } from '../database/index.ts';
import {
  adopt,
  endLease,
  finish,
  ownExecutions,
  pulse,
  registerRuntime,
  renameRuntime,
  runningAttempts,
} from './index.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const ended = {
  status: 'COMPLETED',
  exitCode: 0,
  error: null,
  output: null,
  steps: [],
  stdoutPath: null,
  stderrPath: null,
} as const;

const expire = (runtime: string) =>
  db.query(`update runtime set lease_until = now() - interval '1 minute' where id = $1`, [runtime]);

describe('a lease', () => {
  it('is renewed by each pulse, and missed when somebody removed it', async () => {
    const queue = await new TestQueue(db).open();
    await queue.live('4711');
    await expire('4711');
    const mine = () => pulse(db, db.presence.runtime, queue.name);
    expect((await mine()).silent).toContain('4711');
    expect(await pulse(db, '4711', queue.name)).toMatchObject({ alive: true, queued: false });
    expect((await mine()).silent).not.toContain('4711');
    await db.query(`delete from runtime where id = '4711'`);
    expect((await pulse(db, '4711', queue.name)).alive).toBe(false);
  });

  it('tells what is to be stopped, and whether a bulk action waits', async () => {
    const queue = await new TestQueue(db).open();
    const jobs = await queue.submit(await queue.type(), {}, {});
    const [execution] = await queue.claim(jobs);
    expect(await pulse(db, db.presence.runtime, queue.name)).toMatchObject({ canceling: [], actions: false });
    await db.query('update job set cancel_requested = now() where id = $1', [execution!.jobId]);
    const seen = await pulse(db, db.presence.runtime, queue.name);
    expect(seen.canceling).toEqual([execution!.id]);
    expect((await pulse(db, '4712', queue.name)).canceling).toEqual([]);
  });
});

describe('a pulse', () => {
  it('has an index for everything that it asks of jobs', async () => {
    const queue = await new TestQueue(db).open();
    await queue.submit(await queue.type(), {});
    const read = async (tx: Queries) => {
      const [row] = await tx.query<{ count: number }>(
        `select seq_tup_read as count from pg_stat_xact_user_tables where relname = 'job'`,
      );
      return Number(row!.count);
    };
    await db.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off'); // of a table so small, reading all is cheapest
      await tx.query('discard plans');
      const before = await read(tx);
      await pulse(tx, db.presence.runtime, queue.name);
      expect(await read(tx)).toBe(before);
    });
  });
});

describe('adoption', () => {
  it('does not forget a dead runtime of which it could not take over everything', async () => {
    const queue = await new TestQueue(db).open();
    const [locked] = await queue.claim(await queue.submit(await queue.type(), {}), '150');
    await queue.live('150');
    await expire('150');
    const take = () => adopt(db, db.presence.runtime, ['150'], [queue.nodeId], queue.name);
    await db.transaction(async (tx) => {
      await tx.query('select 1 from job_exe where id = $1 for update', [locked!.id]);
      expect(await take()).toEqual([]);
    });
    expect((await pulse(db, db.presence.runtime, queue.name)).silent).toContain('150');
    // Nor one that never said which nodes it drives.
    await db.query(`update runtime set nodes = '{}' where id = '150'`);
    expect((await pulse(db, db.presence.runtime, queue.name)).silent).toContain('150');
    expect((await take()).map(({ id }) => id)).toEqual([locked!.id]);
    expect((await pulse(db, db.presence.runtime, queue.name)).silent).not.toContain('150');
  });

  it('finds executions whose runtime nobody knows, and tells who hangs', async () => {
    const queue = await new TestQueue(db).open();
    const [execution] = await queue.claim(await queue.submit(await queue.type(), {}), '160');
    const seen = await pulse(db, db.presence.runtime, queue.name);
    expect([seen.silent.includes('160'), seen.hanging.includes('160')]).toEqual([true, false]);
    expect((await pulse(db, '160', queue.name)).own).toEqual([execution!.id]);
    await queue.live('160');
    expect((await pulse(db, db.presence.runtime, queue.name)).silent).not.toContain('160');
    await expire('160');
    expect((await pulse(db, db.presence.runtime, queue.name)).hanging).toContain('160');
  });

  it('takes over what a dead runtime ran, under a new epoch, so that the dead one cannot end it any more', async () => {
    const queue = await new TestQueue(db).open();
    const jobs = await queue.submit(await queue.type(), {}, {});
    await queue.live('100');
    const executions = await queue.claim(jobs, '100');
    await expire('100');
    const adopted = await adopt(db, db.presence.runtime, ['100'], [queue.nodeId], queue.name);
    expect(adopted).toHaveLength(2);
    const [first] = adopted;
    const before = executions.find(({ id }) => id === first!.id)!;
    expect(first).toMatchObject({ epoch: before.epoch + 1, attemptDirectory: before.attemptDirectory });
    expect(await finish(db, before, ended)).toBe(false);
    expect(await finish(db, first!, ended)).toBe(true);
    expect(await queue.events(first!.jobId)).toEqual(['queued', 'started', 'adopted', 'completed']);
    expect(await db.query(`select 1 from runtime where id = '100'`)).toEqual([]);
  });

  it('happens once when two adopt at the same time, and leaves nodes that others drive', async () => {
    const [queue, elsewhere] = [await new TestQueue(db).open(), await new TestQueue(db).open()];
    const type = await queue.type();
    await queue.claim(await queue.submit(type, {}, {}), '200');
    await elsewhere.claim(await elsewhere.submit(type, {}), '200');
    await registerRuntime(db, { runtime: '200', hostname: 'x', pid: 1, nodes: [] });
    await expire('200');
    const both = await Promise.all(
      ['301', '302'].map((runtime) => adopt(db, runtime, ['200'], [queue.nodeId], queue.name)),
    );
    expect(both.flat()).toHaveLength(2);
    expect(await db.query(`select 1 from runtime where id = '200'`)).toHaveLength(1);
    expect(await elsewhere.taken()).toMatchObject([{ runtime: '200' }]);
  });
});

describe('a runtime that comes back under another number', () => {
  it('keeps what it ran and what was not adopted meanwhile, with the same epoch', async () => {
    const queue = await new TestQueue(db).open();
    const executions = await queue.claim(await queue.submit(await queue.type(), {}, {}), '400');
    await queue.live('400');
    await db.query(`update job_exe set runtime = '999', epoch = 2 where id = $1`, [executions[0]!.id]);
    await renameRuntime(db, '400', '401');
    const own = await ownExecutions(db, '401');
    expect(own).toMatchObject([{ id: executions[1]!.id, epoch: executions[1]!.epoch, nodeId: queue.nodeId }]);
    expect(await runningAttempts(db, '/attempts')).toContain(executions[1]!.attemptDirectory);
    expect(await db.query(`select 1 from runtime where id = '400'`)).toEqual([]);
  });
});

describe('a runtime that ends', () => {
  it('leaves its executions to whoever comes, at once, and no trace when it has none', async () => {
    const queue = await new TestQueue(db).open();
    await queue.live('500');
    await queue.claim(await queue.submit(await queue.type(), {}), '500');
    await queue.live('501');
    await endLease(db, '500');
    await endLease(db, '501');
    expect((await pulse(db, db.presence.runtime, queue.name)).silent).toContain('500');
    expect(await db.query(`select 1 from runtime where id = '501'`)).toEqual([]);
  });
});
