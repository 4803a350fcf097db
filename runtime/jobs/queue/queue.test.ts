import { describe, expect, it } from '@jest/globals';
import { withDatabase } from '../../../test/support/connected.ts';
import { TestQueue } from '../../../test/support/queue.ts';
import type { Database } from '../../database/index.ts';
import { type Ending, finishMany } from '../finish.ts';
import { pulse } from '../leases.ts';
import { claimMany } from './claim-many.ts';
import { readWorld } from './world.ts';

let db: Database;
withDatabase((connected) => (db = connected));

const ended: Ending = {
  status: 'COMPLETED',
  exitCode: 0,
  error: null,
  output: null,
  steps: [],
  stdoutPath: null,
  stderrPath: null,
};
const failed: Ending = { ...ended, status: 'FAILED', exitCode: 1, error: { name: 'engine-error' } };

describe('the heads of the queue', () => {
  it('are the oldest jobs of each priority and revision, the newest with LIFO', async () => {
    const queue = await new TestQueue(db).open();
    const [one, two] = [await queue.type(), await queue.type()];
    const old = await queue.submit(one, {}, {}, {});
    const urgent = await queue.submit(one, { priority: 1 });
    const other = await queue.submit(two, {}, {});
    const heads = async () => (await queue.world(2)).candidates.map(({ jobId }) => jobId).sort();
    expect(await heads()).toEqual([old[0], old[1], urgent[0], ...other].sort());
    await db.query(`update scheduler set queue_mode = 'LIFO'`);
    try {
      expect((await queue.world(2)).mode).toBe('LIFO');
      expect(await heads()).toEqual([old[1], old[2], urgent[0], ...other].sort());
    } finally {
      await db.query(`update scheduler set queue_mode = 'FIFO'`);
    }
  });

  it('leave out other queues, paused and inactive types, jobs that wait for another try, and what a pause forbids', async () => {
    const [queue, other] = [await new TestQueue(db).open(), await new TestQueue(db).open()];
    const [paused, inactive, type] = [await queue.type(), await queue.type(), await queue.type()];
    await other.submit(type, {});
    await queue.submit(paused, {});
    await queue.submit(inactive, {});
    await queue.submit(type, { status: 'PENDING' });
    const [delayed, ready] = await queue.submit(type, {}, {});
    await db.query('update job_type set is_paused = true where id = $1', [paused.jobTypeId]);
    await db.query('update job_type set is_active = false where id = $1', [inactive.jobTypeId]);
    await db.query(`update job set not_before = now() + interval '1 hour' where id = $1`, [delayed]);
    expect((await queue.world()).candidates.map(({ jobId }) => jobId)).toEqual([ready]);
    await db.query('update scheduler set is_paused = true');
    try {
      expect((await queue.world()).candidates).toEqual([]);
    } finally {
      await db.query('update scheduler set is_paused = false');
    }
    await db.query('update node set is_paused = true where id = $1', [queue.nodeId]);
    expect((await queue.world()).nodes).toEqual([]);
  });

  it('cost the same however long the queue is', async () => {
    const queue = await new TestQueue(db).open();
    const type = await queue.type();
    await db.query(
      `insert into job (job_type_id, job_type_revision_id, status, timeout, input, queue, queued)
       select $1, $2, 'QUEUED', 60, '{}', $3, now() from generate_series(1, 20000)`,
      [type.jobTypeId, type.revisionId, queue.name],
    );
    await db.query('analyze job');
    const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: Record<string, unknown> }] }>(
      `explain (analyze, buffers, format json) select id from job where queue = $1 and status = 'QUEUED'
         and not_before is null and priority = 100 and job_type_revision_id = $2 order by queued, id limit 10`,
      [queue.name, type.revisionId],
    );
    const plan = row!['QUERY PLAN'][0].Plan;
    expect(JSON.stringify(plan)).toContain('"Index Name":"job_queue"');
    expect(Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks'])).toBeLessThan(20);
    expect((await queue.world(10)).candidates).toHaveLength(10);
  });
});

describe('claims', () => {
  it('take slots, which are the ledger of what is promised, and give them back at the end', async () => {
    const queue = await new TestQueue(db).open(3);
    const type = await queue.type();
    const resources = { cpus: 0.1, mem: 100, disk: 0, license: 1 };
    const jobs = await queue.submit(type, { resources }, { resources }, { resources });
    const executions = await queue.claim(jobs.slice(0, 2));
    expect(executions.map(({ slot }) => slot).sort()).toEqual([0, 1]);
    const [node] = (await queue.world()).nodes;
    expect(node).toMatchObject({ promised: { cpus: 0.2, mem: 200, disk: 0, license: 2 }, freeSlots: [2] });
    expect((await queue.world()).loads).toEqual([
      { jobTypeId: type.jobTypeId, maxScheduled: null, running: 2 },
    ]);
    await finishMany(
      db,
      executions.map((execution) => ({ execution, ending: ended })),
    );
    expect((await queue.world()).nodes[0]).toMatchObject({ promised: {}, freeSlots: [0, 1, 2] });
    expect(await queue.events(jobs[0]!)).toEqual(['queued', 'started', 'completed']);
  });

  it('of several runtimes never give a job, or a slot, twice', async () => {
    const queue = await new TestQueue(db).open(6);
    const type = await queue.type();
    const jobs = await queue.submit(type, ...Array.from({ length: 8 }, () => ({})));
    const all = await Promise.all([
      queue.claim(jobs.slice(0, 2)),
      queue.claim(jobs.slice(0, 2)),
      queue.claim(jobs.slice(1, 3)),
      queue.claim(jobs.slice(3, 4)),
    ]);
    const claimed = all.flat().map(({ jobId }) => jobId);
    expect(claimed.length).toBeGreaterThan(0);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(await queue.taken()).toHaveLength(claimed.length);
    await queue.claim(jobs.filter((id) => !claimed.includes(id)).slice(0, 2));
    expect(await queue.taken()).toHaveLength(claimed.length + 2);
  });

  it('come to nothing on a node on which another runtime has claimed meanwhile', async () => {
    const queue = await new TestQueue(db).open(4);
    const jobs = await queue.submit(await queue.type(), {}, {});
    const { claims } = (await queue.world()).nodes[0]!;
    const claim = (jobId: number, slot: number) =>
      db.transaction((tx) =>
        claimMany(tx, '1', [{ jobId, nodeId: queue.nodeId, slot, claims }], '/attempts'),
      );
    expect(await claim(jobs[0]!, 0)).toHaveLength(1);
    expect(await claim(jobs[1]!, 1)).toEqual([]);
    expect(await queue.taken()).toHaveLength(1);
  });

  it('leave a job in the queue whose slot is taken', async () => {
    const queue = await new TestQueue(db).open(1);
    const jobs = await queue.submit(await queue.type(), {}, {});
    await queue.claim([jobs[0]!]);
    const { claims } = (await queue.world()).nodes[0]!;
    const assignment = { jobId: jobs[1]!, nodeId: queue.nodeId, slot: 0, claims };
    expect(await db.transaction((tx) => claimMany(tx, '1', [assignment], '/attempts'))).toEqual([]);
    expect((await queue.job(jobs[1]!)).status).toBe('QUEUED');
  });

  it.each([
    ['the oldest first', [0, 1, 2]],
    ['the newest first', [2, 1, 0]],
  ])('begin in the order in which they were chosen, %s', async (_, places) => {
    const queue = await new TestQueue(db).open(3);
    const jobs = await queue.submit(await queue.type(), {}, {}, {});
    const chosen = places.map((place) => jobs[place]!);
    const { claims } = (await queue.world()).nodes[0]!;
    const assignments = chosen.map((jobId, slot) => ({ jobId, nodeId: queue.nodeId, slot, claims }));
    const claimed = await db.transaction(async (tx) => {
      // Otherwise they happen to come in their order, as long as the table has not been analysed.
      await tx.query('set local enable_nestloop = off');
      return claimMany(tx, '1', assignments, '/attempts');
    });
    expect(claimed.map(({ jobId }) => jobId)).toEqual(chosen);
  });

  it('of two runtimes on two nodes together keep the limit of a job type', async () => {
    const queues = [await new TestQueue(db).open(1), await new TestQueue(db).open(1)];
    const type = await queues[0]!.type();
    await db.query('update job_type set max_scheduled = 1 where id = $1', [type.jobTypeId]);
    for (const queue of queues) await queue.submit(type, {});
    const claimIfAllowed = ({ nodeId, name }: TestQueue) =>
      db.transaction(async (tx) => {
        const { loads, candidates, nodes } = await readWorld(tx, { nodes: [nodeId], queue: name, window: 1 });
        if (loads[0]!.running >= loads[0]!.maxScheduled!) return [];
        const assignment = { jobId: candidates[0]!.jobId, nodeId, slot: 0, claims: nodes[0]!.claims };
        return claimMany(tx, '1', [assignment], '/attempts');
      });
    const claimed = await Promise.all(queues.map(claimIfAllowed));
    expect(claimed.flat()).toHaveLength(1);
    await db.query('update job_type set max_scheduled = null where id = $1', [type.jobTypeId]);
  });
});

describe('the end of an execution', () => {
  it('puts the job back with a pause when it is tried again, with what it asks for now', async () => {
    const queue = await new TestQueue(db).open();
    const [job] = await queue.submit(await queue.type(), {});
    const [execution] = await queue.claim([job!]);
    const resources = { cpus: 0, mem: 256, disk: 0 };
    await finishMany(db, [
      { execution: execution!, ending: { ...failed, retry: { delaySeconds: 3600, resources } } },
    ]);
    expect(await queue.job(job!)).toMatchObject({
      status: 'QUEUED',
      num_exes: 1,
      max_tries: 3,
      resources,
      error: { name: 'engine-error' },
    });
    expect((await queue.world()).candidates).toEqual([]);
    await db.query(`update job set not_before = now() - interval '1 second' where id = $1`, [job]);
    expect(await pulse(db, db.presence.runtime, queue.name)).toMatchObject({ queued: true });
    expect((await queue.world()).candidates.map(({ jobId }) => jobId)).toEqual([job]);
    expect(await queue.events(job!)).toEqual(['queued', 'started', 'retried']);
  });

  it('that was no try of its own gives one more', async () => {
    const queue = await new TestQueue(db).open();
    const [job] = await queue.submit(await queue.type(), {});
    const [execution] = await queue.claim([job!]);
    await finishMany(db, [
      { execution: execution!, ending: { ...failed, retry: { delaySeconds: 1, counts: false } } },
    ]);
    expect(await queue.job(job!)).toMatchObject({ status: 'QUEUED', max_tries: 4 });
  });

  it('is CANCELED for a job that was to be canceled, unless it completed', async () => {
    const queue = await new TestQueue(db).open();
    const jobs = await queue.submit(await queue.type(), {}, {});
    const executions = await queue.claim(jobs);
    await db.query(`update job set cancel_requested = now(), cancel_actor = 'joe' where id = any($1)`, [
      jobs,
    ]);
    await finishMany(db, [
      { execution: executions[0]!, ending: { ...failed, retry: { delaySeconds: 1 } } },
      { execution: executions[1]!, ending: ended },
    ]);
    expect((await queue.job(executions[0]!.jobId)).status).toBe('CANCELED');
    expect((await queue.job(executions[1]!.jobId)).status).toBe('COMPLETED');
    expect(await queue.taken()).toEqual([]);
  });

  it('of a hundred is one statement, and says which were still ours', async () => {
    const queue = await new TestQueue(db).open(4);
    const jobs = await queue.submit(await queue.type(), {}, {}, {});
    const executions = await queue.claim(jobs);
    const stale = { ...executions[0]!, epoch: 0 };
    const held = await finishMany(db, [
      { execution: stale, ending: ended },
      ...executions.slice(1).map((execution) => ({ execution, ending: ended })),
    ]);
    expect([...held].sort()).toEqual(
      executions
        .slice(1)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await queue.taken()).toMatchObject([{ job_exe_id: executions[0]!.id }]);
  });
});
