import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestServer } from '../support/database-server.ts';
import { until } from '../support/cli-files.ts';
import { busyboxImage } from '../support/engine.ts';
import { FaultWorld } from '../support/fault-world.ts';
import { type TcpProxy, tcpProxy } from '../support/tcp-proxy.ts';
import { itLong } from '../support/long.ts';

let server: TestServer;
let proxy: TcpProxy;
let world: FaultWorld;
let image: string;
beforeAll(async () => {
  image = await busyboxImage();
  server = await startTestServer(process.env.SEED_TEST_POSTGRES || '18');
  proxy = await tcpProxy(`${server.socketDirectory}/.s.PGSQL.5432`);
  world = await FaultWorld.open({
    databaseUrl: server.url,
    runtimeUrl: `postgres://seedbed@127.0.0.1:${proxy.port}/postgres`,
  });
});
afterAll(async () => {
  await world.close();
  await proxy.close();
  await server.stop();
});

const waiting = {
  name: 'waits',
  timeout: 600,
  outputs: [
    { name: 'WORD', pattern: 'word' },
    { name: 'READY', pattern: 'ready' },
  ],
  script: `cat /proc/sys/kernel/random/uuid >> $OUTPUT_DIR/word; touch $OUTPUT_DIR/ready; echo begins
    while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.1; done; echo ends`,
};

/** Two jobs that wait, both at work. */
async function two(): Promise<[number, number]> {
  const type = await world.type(waiting, image);
  const jobs: [number, number] = [await world.submit(type), await world.submit(type)];
  for (const job of jobs) await world.outputOf(job, 'ready');
  return jobs;
}

async function exited(execution: number): Promise<void> {
  await until('the end of the container', async () =>
    (await world.engine.list(world.db.installation)).every(
      ({ key, state }) => key.execution !== execution || state === 'exited',
    ),
  );
}

/** One execution, one set of products, nothing left; the log is whole. */
async function ranOnce(job: number): Promise<void> {
  await expect(world.ended(job)).resolves.toEqual({ status: 'COMPLETED', error: null });
  const executions = await world.executions(job);
  expect(executions.map(({ status }) => status)).toEqual(['COMPLETED']);
  expect((await world.products(job)).map(({ file_name }) => file_name)).toEqual(['ready', 'word']);
  expect(await world.logOf(executions[0]!.id)).toBe('begins\nends\n');
  expect((await world.events(job)).filter((kind) => kind !== 'adopted')).toEqual([
    'queued',
    'started',
    'completed',
  ]);
}

describe.each([
  ['a fast shutdown', 'SIGINT'],
  ['a crash', 'SIGQUIT'],
] as const)('%s of the database', (_, signal) => {
  it('loses no job that runs, none that ends meanwhile, and none that comes after', async () => {
    const runtime = await world.start();
    const [ends, runs] = await two();
    const { id } = (await world.execution(ends))!;
    const go = world.outputOf(ends, 'ready');
    await go;
    await world.release(ends);
    await server.halt(signal);
    await exited(id);
    await server.start();
    await ranOnce(ends);
    const later = await world.submit(await world.type({ name: 'later', script: 'true' }, image));
    expect(await world.ended(later)).toMatchObject({ status: 'COMPLETED' });
    await world.release(runs);
    await ranOnce(runs);
    await world.clear();
    await runtime.kill('SIGTERM');
  });
});

describe('a network between runtime and database', () => {
  itLong('that breaks every connection, again and again, loses nothing', async () => {
    const runtime = await world.start();
    const [ends, runs] = await two();
    for (const job of [ends, runs]) {
      proxy.cut();
      await world.release(job);
      proxy.cut();
      await ranOnce(job);
    }
    await world.clear();
    expect(runtime.child.exitCode).toBeNull();
    await runtime.kill('SIGTERM');
  });

  it('that swallows what is sent is given up, and another runtime takes over what was cut off', async () => {
    const cutOff = await world.start();
    const [ends, runs] = await two();
    const near = await world.start([], { DATABASE_URL: server.url });
    proxy.swallow(true);
    for (const job of [ends, runs])
      await until(
        `the adoption of job ${job}\n${world.logs()}`,
        async () => (await world.execution(job))!.epoch > 1,
      );
    await world.release(ends);
    await ranOnce(ends);
    proxy.swallow(false);
    await world.release(runs);
    await ranOnce(runs);
    await near.kill('SIGTERM');
    const later = await world.submit(await world.type({ name: 'later', script: 'true' }, image));
    expect(await world.ended(later)).toMatchObject({ status: 'COMPLETED' });
    await world.clear();
    await cutOff.kill('SIGTERM');
  });

  itLong('that swallows what is sent for a while holds up the only runtime, and no longer', async () => {
    const runtime = await world.start();
    const [ends, runs] = await two();
    const { id } = (await world.execution(ends))!;
    proxy.swallow(true);
    await world.release(ends);
    await exited(id);
    await until('the loss to be noticed', () => runtime.log().includes('does not answer'));
    proxy.swallow(false);
    await ranOnce(ends);
    await world.release(runs);
    await ranOnce(runs);
    await world.clear();
    expect(runtime.child.exitCode).toBeNull();
    await runtime.kill('SIGTERM');
  });
});
