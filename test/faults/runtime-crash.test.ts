import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256, until } from '../support/cli-files.ts';
import { testDatabase } from '../support/database.ts';
import { busyboxImage, testDocker } from '../support/engine.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { itLong } from '../support/long.ts';

let world: FaultWorld;
let image: string;
let end: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  image = await busyboxImage();
  world = await FaultWorld.open({ databaseUrl: test.url });
  end = () => world.close().then(test.drop);
});
afterAll(() => end());

/** Writes lines and waits; each run of it leaves another word in its output. */
const waiting = {
  name: 'waits',
  timeout: 600,
  outputs: [
    { name: 'WORD', pattern: 'word' },
    { name: 'READY', pattern: 'ready' },
  ],
  script: `cat /proc/sys/kernel/random/uuid >> $OUTPUT_DIR/word; echo begins; touch $OUTPUT_DIR/ready
    while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done; seq 1 20000; echo ends`,
};
const wholeLog = `begins\n${Array.from({ length: 20_000 }, (_, at) => `${at + 1}\n`).join('')}ends\n`;

async function containerId(execution: number): Promise<string> {
  const { docker, close } = await testDocker();
  try {
    const name = `seedbed-${world.db.installation}-${execution}-1`;
    return (await docker.getContainer(name).inspect()).Id;
  } finally {
    close();
  }
}

/** Waits until an execution has been adopted. */
async function adoption(job: number, epoch: number): Promise<void> {
  await until(`the adoption of job ${job}\n${world.logs()}`, async () => {
    const execution = await world.execution(job);
    return execution?.status === 'RUNNING' && execution.epoch >= epoch;
  });
}

/** The one set of products, and nothing of the job left behind. */
async function harvestedOnce(job: number, word: string): Promise<void> {
  expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
  const products = await world.products(job);
  expect(products.map(({ file_name }) => file_name)).toEqual(['ready', 'word']);
  expect(products[1]!.sha256).toBe(sha256(word));
  expect(products.every((product) => existsSync(product.path))).toBe(true);
  const executions = await world.executions(job);
  expect(executions.map(({ status }) => status)).toEqual(['COMPLETED']);
  expect(await world.logOf(executions[0]!.id)).toBe(wholeLog);
  await world.clear();
}

async function wordOf(job: number): Promise<string> {
  return readFile(path.join(path.dirname(await world.outputOf(job, 'ready')), 'word'), 'utf8');
}

describe('a runtime that is killed', () => {
  it('is noticed within 5 s, and its job goes on in the same container under another runtime', async () => {
    const dying = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const { id } = (await world.execution(job))!;
    const container = await containerId(id);
    const survivor = await world.start();
    const [{ now }] = (await world.query<{ now: string }>('select clock_timestamp() as now')) as [
      { now: string },
    ];
    await dying.kill('SIGKILL');
    await adoption(job, 2);
    const [{ seconds }] = (await world.query<{ seconds: number }>(
      `select extract(epoch from at - $2::timestamptz)::float8 as seconds from event
       where entity_id = $1 and kind = 'adopted'`,
      [job, now],
    )) as [{ seconds: number }];
    expect(seconds).toBeLessThan(5);
    expect(await containerId(id)).toBe(container);
    await world.release(job);
    await harvestedOnce(job, word);
    expect(await world.events(job)).toEqual(['queued', 'started', 'adopted', 'completed']);
    await survivor.kill('SIGKILL');
  });

  itLong('leaves its job to its successor, also when the job has ended meanwhile', async () => {
    const dying = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const { id } = (await world.execution(job))!;
    await dying.kill('SIGKILL');
    await world.release(job);
    await until('the end of the container', async () =>
      (await world.engine.list(world.db.installation)).some(
        ({ key, state }) => key.execution === id && state === 'exited',
      ),
    );
    const successor = await world.start();
    await harvestedOnce(job, word);
    expect((await world.executions(job))[0]!.epoch).toBe(2);
    await successor.kill('SIGKILL');
  });

  it('between the move of the products and the transaction that names them loses nothing', async () => {
    const dying = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const { id } = (await world.execution(job))!;
    await world.db.transaction(async (tx) => {
      // The transaction waits for the row, and the products have been moved by then.
      await tx.query('select 1 from job_exe where id = $1 for update', [id]);
      await world.release(job);
      await until('the move', async () =>
        (await readdir(world.home, { recursive: true })).some((name) => name.includes(`job_exe_${id}_`)),
      );
      await until(
        'the transaction that waits',
        async () =>
          (
            await world.query(
              `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%'
               and datname = current_database()`,
            )
          ).length > 0,
      );
      await dying.kill('SIGKILL');
    });
    const successor = await world.start();
    await harvestedOnce(job, word);
    expect((await world.executions(job))[0]!.epoch).toBe(2);
    await successor.kill('SIGKILL');
  });
});

describe('a runtime that is told to end', () => {
  itLong('hands its job over', async () => {
    const leaving = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const { id } = (await world.execution(job))!;
    const container = await containerId(id);
    const heir = await world.start();
    await leaving.kill('SIGTERM');
    expect(leaving.child.exitCode).toBe(0);
    await adoption(job, 2);
    expect(await containerId(id)).toBe(container);
    await world.release(job);
    await harvestedOnce(job, word);
    await heir.kill('SIGKILL');
  });

  it('waits for its job with --drain, and begins no other', async () => {
    const draining = await world.start(['--drain']);
    const type = await world.type(waiting, image);
    const job = await world.submit(type);
    const word = await wordOf(job);
    draining.child.kill('SIGTERM');
    await until('the beginning of its end', () => draining.log().includes('leaving'));
    const later = await world.submit(type);
    await world.release(job);
    await draining.ended;
    expect(draining.child.exitCode).toBe(0);
    expect((await world.executions(job)).map(({ status, epoch }) => [status, epoch])).toEqual([
      ['COMPLETED', 1],
    ]);
    expect(await world.events(later)).toEqual(['queued']);
    await world.cancel([later]);
    const other = await world.start();
    expect(await world.ended(later)).toMatchObject({ status: 'CANCELED' });
    await harvestedOnce(job, word);
    await other.kill('SIGKILL');
    expect(await world.query('select 1 from slot where job_exe_id is not null')).toEqual([]);
  });
});

describe('a runtime that hangs', () => {
  it('is expelled; when it wakes up it takes nothing away from the one that adopted its job', async () => {
    const hanging = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const { id } = (await world.execution(job))!;
    const container = await containerId(id);
    const adopter = await world.start();
    await hanging.kill('SIGSTOP');
    await adoption(job, 2);
    await world.release(job);
    await hanging.kill('SIGCONT');
    await harvestedOnce(job, word);
    expect(container).toMatch(/^[0-9a-f]{64}$/);
    // It is at work again, under another number.
    await adopter.kill('SIGKILL');
    const next = await world.submit(await world.type({ name: 'next', script: 'true' }, image));
    expect(await world.ended(next)).toMatchObject({ status: 'COMPLETED' });
    await hanging.kill('SIGKILL');
  });

  itLong('wakes up when the job of its adopter is over', async () => {
    const hanging = await world.start();
    const job = await world.submit(await world.type(waiting, image));
    const word = await wordOf(job);
    const adopter = await world.start();
    await hanging.kill('SIGSTOP');
    await adoption(job, 2);
    await world.release(job);
    expect(await world.ended(job)).toMatchObject({ status: 'COMPLETED' });
    await hanging.kill('SIGCONT');
    const next = await world.submit(await world.type({ name: 'next', script: 'true' }, image));
    await world.ended(next);
    await adopter.kill('SIGKILL');
    const last = await world.submit(await world.type({ name: 'next', script: 'true' }, image));
    expect(await world.ended(last)).toMatchObject({ status: 'COMPLETED' });
    await harvestedOnce(job, word);
    await hanging.kill('SIGKILL');
  });
});
