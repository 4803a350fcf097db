import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { drain, exitOf, first, readAll } from '../../../test/support/engine-workbench.ts';
import { endless, simulatedEngine, simulatedJob, simulatedKey } from '../../../test/support/simulated.ts';
import type { Engine, SimulatedOptions } from '../index.ts';

describe('a simulated container', () => {
  let engine: Engine;
  const key = simulatedKey(1);
  afterEach(() => engine.close());

  async function launched(options: Partial<SimulatedOptions> = {}): Promise<void> {
    engine = await simulatedEngine(options);
    await engine.launch(simulatedJob(), key, 'runtime-1');
  }

  async function states(signal?: AbortSignal): Promise<string[]> {
    const seen: string[] = [];
    for await (const { state } of engine.observe(key, signal)) seen.push(state);
    return seen;
  }

  it('is launched once for each key, and adopted from then on, even after its end', async () => {
    await launched();
    expect(await engine.launch(simulatedJob(), key, 'runtime-2')).toMatchObject({ adopted: true });
    await exitOf(engine, key);
    expect(await engine.launch(simulatedJob(), key, 'runtime-2')).toMatchObject({ adopted: true });
    const other = await engine.launch(simulatedJob(), { ...key, attempt: 2 }, 'runtime-2');
    expect(other.adopted).toBe(false);
    expect(other.containerName).not.toBe((await engine.launch(simulatedJob(), key, 'r')).containerName);
    await engine.remove(key);
    expect(await engine.launch(simulatedJob(), key, 'runtime-2')).toMatchObject({ adopted: false });
  });

  it('is launched once when that is asked twice at the same time', async () => {
    engine = await simulatedEngine({ durationMs: endless });
    const both = await Promise.all([1, 2].map(() => engine.launch(simulatedJob(), key, 'r')));
    expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
  });

  it('runs, and exits as its story says', async () => {
    await launched({ durationMs: [20, 20], script: () => ({ exitCode: 7 }) });
    expect(await states()).toEqual(['running', 'exited']);
    const [exit] = await engine.list(key.installation);
    expect(exit).toMatchObject({
      state: 'exited',
      exitCode: 7,
      oomKilled: false,
      interrupted: false,
      kept: false,
    });
    const { startedAt, finishedAt } = exit as { startedAt: string; finishedAt: string };
    expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBe(20);
    expect(await states()).toEqual(['exited']);
  });

  it('is killed for want of memory', async () => {
    await launched({ oomRate: 1 });
    expect(await exitOf(engine, key)).toEqual({ exitCode: 137, oomKilled: true, interrupted: false });
  });

  it('is not launched without its image or its network, nor where its story says so', async () => {
    engine = await simulatedEngine({ script: () => ({ launchFailure: new Error('no room') as never }) });
    const launching = (parts: object) => engine.launch(simulatedJob(parts), key, 'r');
    await expect(launching({ image: 'other:1' })).rejects.toMatchObject({ error: 'target-not-found' });
    await expect(launching({ network: 'other' })).rejects.toMatchObject({ error: 'network-not-found' });
    await expect(launching({})).rejects.toThrow('no room');
    expect(await engine.list(key.installation)).toEqual([]);
  });

  it('is stopped: by SIGTERM, at once without grace, and by SIGKILL where it does not listen', async () => {
    await launched({ durationMs: endless });
    await engine.stop(key, 60);
    expect(await exitOf(engine, key)).toEqual({ exitCode: 143, oomKilled: false, interrupted: false });
    await launched({ durationMs: endless });
    await engine.stop(key, 0);
    expect(await exitOf(engine, key)).toMatchObject({ exitCode: 137 });
    await launched({ durationMs: endless, script: () => ({ ignoresTerm: true }) });
    await engine.stop(key, 0.01);
    expect(await exitOf(engine, key)).toMatchObject({ exitCode: 137 });
  });

  it('may be stopped when it has ended, and when it is gone', async () => {
    await launched({ failureRate: 1 });
    const before = await exitOf(engine, key);
    await engine.stop(key, 0);
    expect(await exitOf(engine, key)).toEqual(before);
    await engine.remove(key);
    await engine.stop(key, 0);
    await engine.remove(key);
    await expect(states()).rejects.toMatchObject({ error: 'engine-interrupted' });
    await expect(drain(engine.logs(key))).rejects.toMatchObject({ error: 'engine-interrupted' });
    await expect(engine.collect(simulatedJob(), key)).rejects.toMatchObject({ error: 'engine-error' });
  });

  it('vanishes: whoever watches is told, and the key can be launched anew', async () => {
    await launched({ durationMs: [20, 20], lossRate: 1, logLines: [1, 1] });
    const watching = Promise.allSettled([states(), readAll(engine, key)]);
    for (const watched of await watching)
      expect(watched).toMatchObject({ status: 'rejected', reason: { error: 'engine-interrupted' } });
    expect(await engine.list(key.installation)).toEqual([]);
    expect(await engine.launch(simulatedJob(), key, 'r')).toMatchObject({ adopted: false });
  });

  it('is interrupted: who observes it knows, the list does not', async () => {
    await launched({ interruptionRate: 1 });
    expect(await exitOf(engine, key)).toMatchObject({ interrupted: true });
    expect(await engine.list(key.installation)).toMatchObject([{ state: 'exited', interrupted: false }]);
  });

  it('ends observation, logs and usage silently when it is removed', async () => {
    await launched({ durationMs: endless, logLines: [2, 2] });
    const never = new AbortController().signal;
    const observing = states();
    await first(engine.logs(key));
    const ending = Promise.all([drain(engine.logs(key)), drain(engine.usage(key, never))]);
    await engine.remove(key);
    expect(await observing).toEqual(['running']);
    await ending;
  });

  it('ends observation, logs and usage when their signal aborts, and goes on', async () => {
    await launched({ durationMs: endless, logLines: [2, 2] });
    const leaving = new AbortController();
    const ending = Promise.all([
      states(leaving.signal),
      drain(engine.logs(key, leaving.signal)),
      drain(engine.usage(key, leaving.signal)),
    ]);
    leaving.abort();
    await ending;
    expect(await states(leaving.signal)).toEqual([]);
    expect(await engine.list(key.installation)).toMatchObject([{ state: 'running' }]);
  });

  it('says all that its story says, the same each time, while it runs and afterwards', async () => {
    const lines = [
      { afterMs: 0, stream: 'stdout', text: 'first\n' },
      { afterMs: 10, stream: 'stderr', text: 'second\n' },
      { afterMs: 20, stream: 'stdout', text: 'last\n' },
    ] as const;
    await launched({ durationMs: [20, 20], script: () => ({ lines }) });
    const said = { stdout: 'first\nlast\n', stderr: 'second\n' };
    expect(await readAll(engine, key)).toEqual(said);
    await exitOf(engine, key);
    expect(await readAll(engine, key)).toEqual(said);
  });

  it('says no more after it was stopped', async () => {
    const lines = [
      { afterMs: 0, stream: 'stdout', text: 'first\n' },
      { afterMs: 3_600_000, stream: 'stdout', text: 'an hour later\n' },
    ] as const;
    await launched({ durationMs: endless, script: () => ({ lines }) });
    const reading = readAll(engine, key);
    await engine.stop(key, 1);
    expect((await reading).stdout).toBe('first\n');
  });

  it('uses what it was given', async () => {
    await launched({ durationMs: endless });
    const sample = await first(engine.usage(key, new AbortController().signal));
    expect(sample).toEqual({ memoryBytes: 32 * 2 ** 20, cpus: 1, cpuSeconds: expect.any(Number) });
  });

  it('is listed with its runtime among those of its installation', async () => {
    await launched({ durationMs: endless });
    await engine.launch(simulatedJob({ keep: true }), simulatedKey(2), 'runtime-2');
    await engine.launch(simulatedJob(), simulatedKey(3, 'another'), 'runtime-3');
    expect(await engine.list(key.installation)).toEqual([
      { key, state: 'running', runtime: 'runtime-1', kept: false },
      { key: simulatedKey(2), state: 'running', runtime: 'runtime-2', kept: true },
    ]);
  });

  it('leaves its outputs when it exits by itself, and none when it is stopped', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'seedbed-test-simulated-'));
    try {
      const spec = simulatedJob({ output: { target: '/scale/output_data', directory } });
      const outputs = { 'tiles/one.txt': 'content' };
      engine = await simulatedEngine({
        script: (_, { execution }) => ({ outputs, durationMs: execution === 1 ? Infinity : 0 }),
      });
      await engine.launch(spec, key, 'r');
      await engine.stop(key, 1);
      await engine.collect(spec, key);
      const file = path.join(directory, 'tiles/one.txt');
      await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' });
      await engine.launch(spec, simulatedKey(2), 'r');
      await engine.collect(spec, simulatedKey(2));
      expect(await readFile(file, 'utf8')).toBe('content');
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
