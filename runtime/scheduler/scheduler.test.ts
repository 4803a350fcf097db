import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.ts';
import { TestQueue } from '../../test/support/queue.ts';
import { eventually, testScheduler } from '../../test/support/scheduler.ts';
import { simulatedEngine, simulatedImage } from '../../test/support/simulated.ts';
import { connectLasting, type LastingDatabase } from '../database/index.ts';
import { reportNode, requestAction } from '../jobs/index.ts';
import { patienceFor } from './exchange.ts';
import { whyWaiting } from './index.ts';

let test: TestDatabase;
let db: LastingDatabase;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  test = await testDatabase();
  db = await connectLasting({ home: '', databaseUrl: test.url });
});
afterAll(async () => {
  await db.close();
  await test.drop();
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function start(options: Parameters<typeof testScheduler>[1] = {}) {
  const started = await testScheduler(test.url, options);
  closing.push(started.close);
  return started;
}

/** Jobs for a scheduler of their own queue. */
async function queueOf(options: Parameters<typeof testScheduler>[1] = {}) {
  const queue = new TestQueue(db);
  const type = await queue.type(undefined, simulatedImage);
  return { queue, type, start: () => start({ queue: queue.name, ...options }) };
}

describe('a scheduler', () => {
  it('begins what fits, the urgent first, and the rest as room is made', async () => {
    const { queue, type, start } = await queueOf({ slots: 2 });
    const [slow, second, urgent] = await queue.submit(type, {}, {}, { priority: 1 });
    const { executor } = await start();
    await eventually('two run', () => executor.begun.length === 2);
    expect(executor.begun).toEqual([urgent, slow]);
    expect((await whyWaiting(db, second!))!.waiting_for[0]).toMatchObject({ name: 'slots-taken' });
    executor.end(urgent!);
    await eventually('the third runs', () => executor.begun.length === 3);
    expect(executor.begun[2]).toBe(second);
    expect((await queue.job(urgent!)).status).toBe('COMPLETED');
    expect(executor.settled.get(urgent!)).toBe(true);
  });

  it('never promises more than there is, and says what a job is short of', async () => {
    const { queue, type, start } = await queueOf({ engine: await simulatedEngine({ cpus: 4, mem: 1000 }) });
    const resources = { cpus: 1.5, mem: 100, disk: 0 };
    const [, , third, huge] = await queue.submit(
      type,
      { resources },
      { resources },
      { resources },
      { resources: { ...resources, mem: 5000 } },
    );
    const { executor } = await start();
    await eventually('two run', () => executor.begun.length === 2);
    expect((await whyWaiting(db, third!))!.waiting_for[0]).toMatchObject({
      name: 'resources-short',
      short: [{ resource: 'cpus', needed: 1.5, available: 1 }],
    });
    expect((await whyWaiting(db, huge!))!.waiting_for[0]).toMatchObject({
      name: 'resources-lacking',
      short: [{ resource: 'mem', needed: 5000, available: 1000 }],
    });
  });

  it('stops a job that runs when it is canceled, and drops one that waits', async () => {
    const { queue, type, start } = await queueOf({ slots: 1 });
    const [runs, waits] = await queue.submit(type, {}, {});
    const { executor } = await start();
    await eventually('it runs', () => executor.begun.length === 1);
    await requestAction(db, { kind: 'cancel', filter: { jobIds: [runs!, waits!] }, actor: 'joe' });
    db.notify('actions');
    await eventually('both are over', async () =>
      (await Promise.all([runs!, waits!].map((id) => queue.job(id)))).every(
        ({ status }) => status === 'CANCELED',
      ),
    );
    expect(executor.begun).toEqual([runs]);
  });

  it('honours a pause of itself, of a job type, and of its node', async () => {
    const { queue, type, start } = await queueOf();
    const other = await queue.type(undefined, simulatedImage);
    await db.query('update scheduler set is_paused = true');
    await db.query('update job_type set is_paused = true where id = $1', [other.jobTypeId]);
    const [job] = await queue.submit(type, {});
    const [paused] = await queue.submit(other, {});
    const { executor, scheduler } = await start();
    const names = async (id: number) => (await whyWaiting(db, id))!.waiting_for.map(({ name }) => name);
    expect(await names(job!)).toEqual(['scheduler-paused']);
    expect(await names(paused!)).toEqual(['scheduler-paused', 'job-type-paused']);
    await db.query('update node set is_paused = true where id = $1', [scheduler.nodes[0]!.id]);
    await db.query('update scheduler set is_paused = false');
    expect(await names(job!)).toContain('node-paused');
    await db.query('update node set is_paused = false where id = $1', [scheduler.nodes[0]!.id]);
    await eventually('it runs', () => executor.begun.length === 1);
    expect(executor.begun).toEqual([job]);
    expect(await names(paused!)).toEqual(['job-type-paused']);
  });

  it('says of a job that runs that its engine does not answer', async () => {
    const { queue, type, start } = await queueOf();
    const [job] = await queue.submit(type, {});
    const { executor, scheduler } = await start();
    await eventually('it runs', () => executor.begun.includes(job!));
    const problem = { name: 'BAD_DAEMON', title: 'gone', description: 'No engine answers.', warning: false };
    // In a transaction: the next look at the engine finds it well again.
    const why = await db.transaction(async (tx) => {
      await reportNode(tx, scheduler.nodes[0]!.id, [problem]);
      return whyWaiting(tx, job!);
    });
    expect(why!.waiting_for).toEqual([
      expect.objectContaining({
        name: 'node-offline',
        description: expect.stringMatching(/: No engine answers\.$/),
      }),
    ]);
  });

  it('fetches images in the background, says so, and lets others go on', async () => {
    const images = [
      { reference: simulatedImage },
      { reference: 'slow:1', here: false, pullMs: Infinity },
      { reference: 'refused:1', here: false, registry: 'refuses' as const },
    ];
    const queue = new TestQueue(db);
    const jobOf = async (image: string, priority: number) =>
      (await queue.submit(await queue.type(undefined, image), { priority }))[0]!;
    const [slow, refused, quick] = [
      await jobOf('slow:1', 1),
      await jobOf('refused:1', 2),
      await jobOf(simulatedImage, 3),
    ];
    const engine = await simulatedEngine({ images });
    const { executor } = await start({ queue: queue.name, engine });
    await eventually('the other job runs', () => executor.begun.includes(quick));
    const waitsFor = async (id: number) => (await whyWaiting(db, id))!.waiting_for[0]?.name;
    await eventually('it says that it pulls', async () => (await waitsFor(slow)) === 'image-pulling');
    await eventually('it says that it cannot pull', async () => (await waitsFor(refused)) === 'image-failed');
    expect(executor.begun).toEqual([quick]);
  });

  it('hands over what runs to another one, which adopts it with its container', async () => {
    const engine = await simulatedEngine();
    const { queue, type } = await queueOf();
    const [job] = await queue.submit(type, {});
    const first = await testScheduler(test.url, { queue: queue.name, name: queue.name, engine });
    await eventually('it runs', () => first.executor.begun.length === 1);
    await first.close();
    const second = await start({ queue: queue.name, name: queue.name, engine });
    await eventually('it is adopted', () => second.executor.begun.length === 1);
    const [task] = second.executor.tasks;
    expect(task).toMatchObject({ execution: { jobId: job, epoch: 2 }, adopted: expect.anything() });
    second.executor.end(job!);
    await eventually('it completes', async () => (await queue.job(job!)).status === 'COMPLETED');
    expect(await queue.events(job!)).toEqual(['queued', 'started', 'adopted', 'completed']);
  });

  it('with drain ends when what runs has ended, and begins nothing more', async () => {
    const { queue, type, start } = await queueOf({ slots: 1 });
    const [runs, waits] = await queue.submit(type, {}, {});
    const { executor, scheduler } = await start();
    await eventually('it runs', () => executor.begun.length === 1);
    let stopped = false;
    const stopping = scheduler.stop({ drain: true }).then(() => (stopped = true));
    expect(stopped).toBe(false);
    const names = async (id: number) => (await whyWaiting(db, id))!.waiting_for.map(({ name }) => name);
    await eventually('what waits to say so', async () => (await names(waits!)).includes('node-offline'));
    expect(await names(runs!)).toEqual([]);
    expect(stopped).toBe(false);
    executor.end(runs!);
    await stopping;
    expect((await queue.job(runs!)).status).toBe('COMPLETED');
    expect((await queue.job(waits!)).status).toBe('QUEUED');
  });

  it('says of a database that refuses what it says only once in full, asks ever more seldom, and goes on where it is mended', async () => {
    const { queue, type } = await queueOf();
    const lines: Record<string, unknown>[] = [];
    const heard = pino({ level: 'warn', base: null }, { write: (line) => void lines.push(JSON.parse(line)) });
    const told = () => lines.filter(({ msg }) => String(msg).startsWith('the exchange failed'));
    const { executor, scheduler } = await start({ queue: queue.name, logger: heard });
    await db.query('alter table job_exe rename to elsewhere');
    try {
      const [job] = await queue.submit(type, {});
      scheduler.wake();
      await eventually('three failures', () => {
        scheduler.wake();
        return told().length >= 3;
      });
      await db.query('alter table elsewhere rename to job_exe');
      await eventually('it runs', () => executor.begun.length === 1);
      expect(executor.begun).toEqual([job]);
    } finally {
      await db.query('alter table if exists elsewhere rename to job_exe');
    }
    const [first, second, third] = told();
    expect(first).toMatchObject({ err: { code: '42P01', stack: expect.stringContaining(' at ') } });
    for (const [nth, later] of [second!, third!].entries()) {
      expect(later).toMatchObject({ reason: expect.stringContaining('job_exe'), failures: nth + 2 });
      expect(later).not.toHaveProperty('err');
    }
    expect([1, 2, 3, 4, 5, 100].map(patienceFor)).toEqual([200, 400, 800, 1600, 2000, 2000]);
  });

  it('shares the work with another one on the same queue, each job once', async () => {
    const { queue, type, start } = await queueOf({ slots: 3 });
    const [one, two] = [await start(), await start()];
    const jobs = await queue.submit(type, ...Array.from({ length: 6 }, () => ({})));
    db.notify('queue');
    await eventually('all run', () => one.executor.begun.length + two.executor.begun.length === 6);
    expect([...one.executor.begun, ...two.executor.begun].sort()).toEqual([...jobs].sort());
    expect(one.executor.begun).toHaveLength(3);
  });

  it('asks the database once a second when there is nothing to do', async () => {
    const { queue } = await queueOf();
    const base = await connectLasting({ home: '', databaseUrl: test.url });
    const asked: string[] = [];
    const counting = new Proxy(base, {
      get(target, member: keyof LastingDatabase) {
        if (member === 'query' || member === 'prepared' || member === 'transaction') asked.push(member);
        return target[member];
      },
    });
    await start({ db: counting, queue: queue.name });
    const { runtime } = base.presence;
    const lease = async () => (await db.query('select lease_until from runtime where id = $1', [runtime]))[0];
    const beats = async (count: number) => {
      for (let beat = 0; beat < count; beat++) {
        const before = JSON.stringify(await lease());
        await eventually('it beats', async () => JSON.stringify(await lease()) !== before);
      }
    };
    // What begins with a start (sweeps, the health of the nodes) takes as long as the machine likes.
    await eventually('it asks for nothing else', async () => {
      asked.length = 0;
      await beats(3);
      return asked.length === 0;
    });
    expect(asked).toEqual([]);
  });
});
