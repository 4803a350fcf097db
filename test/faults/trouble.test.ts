import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/cli-files.ts';
import { testDatabase } from '../support/database.ts';
import { busyboxImage, removeImages, testDocker } from '../support/engine.ts';
import { FaultWorld } from '../support/fault-world.ts';

let world: FaultWorld;
let image: string;
let end: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  image = await busyboxImage();
  world = await FaultWorld.open({ databaseUrl: test.url, env: { SEED_PULL: 'never' } });
  end = () => world.close().then(test.drop);
});
afterAll(() => end());
afterEach(async () => {
  for (const runtime of world.runtimes) await runtime.kill('SIGCONT');
  for (const runtime of world.runtimes) await runtime.kill('SIGKILL');
});

const endless = {
  name: 'endless',
  timeout: 600,
  outputs: [{ name: 'READY', pattern: 'ready' }],
  script: 'touch $OUTPUT_DIR/ready; exec sleep 600',
};
const brief = { name: 'brief', outputs: [{ name: 'A', pattern: 'a' }], script: 'echo a > $OUTPUT_DIR/a' };

describe('a job that is canceled', () => {
  it('while it waits never starts; while it runs is stopped, and has no products', async () => {
    const type = await world.type(endless, image);
    const waits = await world.submit(type);
    await world.cancel([waits]);
    const runtime = await world.start();
    expect(await world.ended(waits)).toMatchObject({ status: 'CANCELED' });
    expect(await world.events(waits)).toEqual(['queued', 'canceled']);
    const runs = await world.submit(type);
    await world.outputOf(runs, 'ready');
    await world.cancel([runs]);
    expect(await world.ended(runs)).toMatchObject({ status: 'CANCELED' });
    expect(await world.events(runs)).toEqual(['queued', 'started', 'canceling', 'canceled']);
    expect(await world.products(runs)).toEqual([]);
    await world.clear();
    expect(runtime.child.exitCode).toBeNull();
  });

  it('while its runtime hangs is stopped by the one that adopts it', async () => {
    const hanging = await world.start();
    const job = await world.submit(await world.type(endless, image));
    await world.outputOf(job, 'ready');
    await world.start();
    await hanging.kill('SIGSTOP');
    await world.cancel([job]);
    expect(await world.ended(job)).toMatchObject({ status: 'CANCELED' });
    expect(await world.events(job)).toEqual(['queued', 'started', 'canceling', 'adopted', 'canceled']);
    await hanging.kill('SIGCONT');
    await world.clear();
  });
});

describe('an image that is gone when its job is launched', () => {
  it('puts the job back into the queue, whose other jobs go on, until it is there again', async () => {
    const own = await busyboxImage([`LABEL fault=${process.pid}`]);
    const { docker, close } = await testDocker();
    const runtime = await world.start();
    try {
      const type = await world.type({ ...brief, name: 'own-image' }, own);
      expect(await world.ended(await world.submit(type))).toMatchObject({ status: 'COMPLETED' });
      await docker.getImage(own).tag({ repo: `${own.split(':')[0]}`, tag: `kept-${process.pid}` });
      await docker.getImage(own).remove();
      await until('the image to be looked up anew', async () => {
        const job = await world.submit(type);
        const [first] = await until('an execution', async () => {
          const executions = await world.executions(job);
          return executions.some(({ status }) => status !== 'RUNNING') && executions;
        });
        return first!.error?.name === 'target-not-found';
      });
      const other = await world.submit(await world.type(brief, image));
      expect(await world.ended(other)).toMatchObject({ status: 'COMPLETED' });
      const waits = await world.query<{ id: number; num_exes: number; max_tries: number }>(
        `select id, num_exes, max_tries from job where status = 'QUEUED'`,
      );
      expect(waits).toEqual([{ id: expect.any(Number), num_exes: 1, max_tries: 4 }]);
      const [problem] = await world.query(
        `select error ->> 'name' as name from node_image where image = $1`,
        [own],
      );
      await until('the failure to be told', async () => problem !== undefined);
      await docker
        .getImage(`${own.split(':')[0]}:kept-${process.pid}`)
        .tag({ repo: own.split(':')[0]!, tag: own.split(':')[1]! });
      expect(await world.ended(waits[0]!.id)).toEqual({ status: 'COMPLETED', error: null });
      expect((await world.executions(waits[0]!.id)).map(({ status }) => status)).toEqual([
        'FAILED',
        'COMPLETED',
      ]);
      await world.clear();
      await runtime.kill('SIGTERM');
    } finally {
      await removeImages(own, `${own.split(':')[0]}:kept-${process.pid}`);
      close();
    }
  });
});

const mounts = process.getuid?.() === 0 && process.platform === 'linux' ? describe : describe.skip;
mounts('a disk that is full', () => {
  it('fails the try by name, and the job is tried again; products move to another disk', async () => {
    const disk = path.join(world.home, 'small-disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      await writeFile(path.join(disk, 'filler'), Buffer.alloc(2 ** 20 - 4096)).catch(() => undefined);
      await writeFile(path.join(disk, 'rest'), Buffer.alloc(8192)).catch(() => undefined);
      const runtime = await world.start([], { SEED_TEST_ATTEMPTS: disk });
      const job = await world.submit(await world.type(brief, image));
      await until(`the first try\n${world.logs()}`, async () =>
        (await world.events(job)).includes('retried'),
      );
      expect((await world.executions(job))[0]!.error?.name).toBe('disk-full');
      await rm(path.join(disk, 'filler'));
      expect(await world.ended(job)).toEqual({ status: 'COMPLETED', error: null });
      expect((await world.products(job)).map(({ file_name }) => file_name)).toEqual(['a']);
      await world.clear();
      await runtime.kill('SIGTERM');
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});
