import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  canStartPrivateEngine,
  privateEngine,
  type PrivateEngine,
} from '../../../test/support/engine-private.ts';
import { engineProxy, type EngineProxy } from '../../../test/support/engine-proxy.ts';
import { exitOf, readAll, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import { busyboxImage } from '../../../test/support/engine.ts';
import type { ExecutionKey } from '../engine.ts';

/** Counts to `count`, then goes on until SIGTERM, and ends then as if all were well. */
const trapping = (count: number) =>
  `trap 'echo trapped; exit 0' TERM; seq 1 ${count}; seq 1 ${count} >&2; echo ready; while :; do sleep 0.1; done`;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');

const describeWithRoot = canStartPrivateEngine ? describe : describe.skip;

describeWithRoot('an engine that is interrupted', () => {
  let own: PrivateEngine;
  let held: EngineProxy;
  let direct: Workbench;
  let through: Workbench;

  beforeAll(async () => {
    own = await privateEngine('', [await busyboxImage()]);
    held = await engineProxy(own.socket);
    direct = await workbench({ ...process.env, DOCKER_HOST: own.host });
    through = await workbench({ ...process.env, DOCKER_HOST: held.host });
  });

  afterAll(async () => {
    await Promise.allSettled([direct?.close(), through?.close()]);
    await Promise.all([held?.close(), own?.close()]);
  });

  /** Launches a job, starts to read it, and returns when it has said that it is ready. */
  async function ready(bench: Workbench, script: string) {
    const key = bench.key();
    await bench.engine.launch(await bench.job(['sh', '-c', script]), key, 'test');
    let announce: () => void = () => {};
    const isReady = new Promise<void>((resolve) => (announce = resolve));
    const text = { stdout: '', stderr: '' };
    const reading = (async () => {
      for await (const { stream, data } of bench.engine.logs(key)) {
        text[stream] += data.toString();
        if (text.stdout.includes('ready\n')) announce();
      }
      return text;
    })();
    const exit = exitOf(bench.engine, key);
    exit.catch(() => {});
    reading.catch(() => {});
    await Promise.race([isReady, reading]);
    return { key, exit, reading };
  }

  it('is not believed when it stops and its job ends with 0', async () => {
    const job = await ready(direct, trapping(1000));
    await own.stop();
    await own.start();
    expect(await job.exit).toMatchObject({ exitCode: 0, interrupted: true });
    expect(await job.reading).toEqual({ stdout: `${numbers(1000)}ready\ntrapped\n`, stderr: numbers(1000) });
    await direct.engine.remove(job.key);
  });

  it('is not believed when a new engine answers on the same socket', async () => {
    const job = await ready(through, trapping(10));
    const stopped = own.stop().then(() => own.start());
    expect(await job.exit).toMatchObject({ exitCode: 0, interrupted: true });
    expect((await job.reading).stdout).toBe(`${numbers(10)}ready\ntrapped\n`);
    await stopped;
    await through.engine.remove(job.key);
  });

  it('is not believed when it was killed and starts again, and no line is lost or doubled', async () => {
    const job = await ready(direct, trapping(3000));
    await own.kill();
    await own.start();
    expect(await job.exit).toMatchObject({ interrupted: true });
    const { stdout, stderr } = await job.reading;
    expect(stdout.replace('trapped\n', '')).toBe(`${numbers(3000)}ready\n`);
    expect(stderr).toBe(numbers(3000));
    await direct.engine.remove(job.key);
  });

  it('is not believed by a runtime that comes back after both were gone', async () => {
    const job = await ready(direct, trapping(10));
    await own.kill();
    await own.start();
    const later = await workbench({ ...process.env, DOCKER_HOST: own.host });
    expect(await exitOf(later.engine, job.key)).toMatchObject({ interrupted: true });
    await later.close();
    await direct.engine.remove(job.key);
  });

  it('is believed when only the connections broke, and no line is lost or doubled', async () => {
    const script = `i=0; while [ $i -lt 40 ]; do i=$((i+1)); echo $i; [ $i = 5 ] && echo ready; sleep 0.05; done; exit 6`;
    const job = await ready(through, script);
    held.cut();
    expect(await job.exit).toMatchObject({ exitCode: 6, interrupted: false });
    expect((await job.reading).stdout.replace('ready\n', '')).toBe(numbers(40));
    await through.engine.remove(job.key);
  });

  it('is believed when it stops a job because we said so', async () => {
    const job = await ready(direct, trapping(10));
    await direct.engine.stop(job.key, 30);
    expect(await job.exit).toMatchObject({ exitCode: 0, interrupted: false });
    await direct.engine.remove(job.key);
  });

  it('is given up when it does not come back in time', async () => {
    const impatient = await workbench({ ...process.env, DOCKER_HOST: own.host, SEED_ENGINE_WAIT: '1' });
    const job = await ready(impatient, trapping(10));
    await own.kill();
    await expect(job.exit).rejects.toMatchObject({ error: 'engine-interrupted' });
    await expect(job.reading).rejects.toMatchObject({ error: 'engine-interrupted' });
    await expect(launchAnything(impatient)).rejects.toMatchObject({ error: 'engine-unreachable' });
    await own.start();
    expect(await exitOf(impatient.engine, job.key)).toMatchObject({ interrupted: true });
    expect((await readAll(impatient.engine, job.key)).stdout).toContain('ready\n');
    await impatient.close();
  });

  async function launchAnything(bench: Workbench): Promise<ExecutionKey> {
    const key = bench.key();
    await bench.engine.launch(await bench.job(['true']), key, 'test');
    return key;
  }
});
