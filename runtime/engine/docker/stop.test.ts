import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDocker } from '../../../test/support/engine.ts';
import { drain, exitOf, first, workbench, type Workbench } from '../../../test/support/engine-workbench.ts';
import type { ExecutionKey, LaunchSpec } from '../engine.ts';
import { containerName } from './names.ts';

describe('stopping', () => {
  let bench: Workbench;
  beforeAll(async () => (bench = await workbench()));
  afterAll(() => bench.close());

  /** Launches and waits for the job's first output. */
  async function started(spec: LaunchSpec): Promise<ExecutionKey> {
    const key = bench.key();
    await bench.engine.launch(spec, key, 'test');
    await first(bench.engine.logs(key));
    return key;
  }

  it('lets a job end by itself on SIGTERM', async () => {
    const key = await started(
      await bench.job(['sh', '-c', 'trap "exit 9" TERM; echo; while :; do sleep 0.1; done']),
    );
    await bench.engine.stop(key, 60);
    expect(await exitOf(bench.engine, key)).toMatchObject({ exitCode: 9, interrupted: false });
  });

  it('sends the stop signal of the image', async () => {
    const directory = path.join(bench.directory, 'stopsignal');
    await mkdir(directory);
    await writeFile(path.join(directory, 'Dockerfile'), `FROM ${bench.image}\nSTOPSIGNAL SIGUSR1\n`);
    const image = 'seedbed-test-stopsignal:1';
    await bench.engine.buildImage({ directory, tag: image, labels: {} });
    const script = 'trap "exit 8" USR1; echo; while :; do sleep 0.1; done';
    const key = await started(await bench.job(['sh', '-c', script], { image }));
    await bench.engine.stop(key, 60);
    expect(await exitOf(bench.engine, key)).toMatchObject({ exitCode: 8 });
  });

  it('kills a job that ignores SIGTERM', async () => {
    const key = await started(
      await bench.job(['sh', '-c', 'trap "" TERM; echo; while :; do sleep 0.1; done']),
    );
    await bench.engine.stop(key, 1);
    expect(await exitOf(bench.engine, key)).toMatchObject({
      exitCode: 137,
      oomKilled: false,
      interrupted: false,
    });
  });

  it('stops a job that was paused', async () => {
    const key = await started(await bench.job(['sh', '-c', 'echo; sleep 600']));
    const { docker, close } = await testDocker();
    await docker.getContainer(containerName(key)).pause();
    close();
    await bench.engine.stop(key, 0);
    expect(await exitOf(bench.engine, key)).toMatchObject({ exitCode: 137, interrupted: false });
  });

  it('is content with a job that has ended, and with one that is gone', async () => {
    const key = bench.key();
    await bench.run(await bench.job(['true']), key);
    await bench.engine.stop(key, 0);
    await bench.engine.remove(key);
    await bench.engine.stop(key, 0);
    await expect(exitOf(bench.engine, key)).rejects.toMatchObject({ error: 'engine-interrupted' });
  });

  it('ends observation and logs when their signal aborts', async () => {
    const key = await started(await bench.job(['sh', '-c', 'echo; sleep 600']));
    const leaving = new AbortController();
    const states: string[] = [];
    const observing = (async () => {
      for await (const { state } of bench.engine.observe(key, leaving.signal)) {
        states.push(state);
        leaving.abort();
      }
    })();
    await Promise.all([observing, drain(bench.engine.logs(key, leaving.signal))]);
    expect(states).toEqual(['running']);
    await bench.engine.remove(key);
  });
});
