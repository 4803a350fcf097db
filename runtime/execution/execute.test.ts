import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testManifest } from '../../test/support/manifest.ts';
import { endless, simulatedEngine, simulatedImage, simulatedKey } from '../../test/support/simulated.ts';
import { contextDocument } from '../catalog/index.ts';
import { readConfig } from '../config/index.ts';
import type { Engine, SimulatedOptions } from '../engine/index.ts';
import { createLogger } from '../logging/index.ts';
import {
  type Execution,
  execute,
  logPathsIn,
  makeAttemptDirectory,
  plan,
  type Result,
  Stopwatch,
} from './index.ts';

const config = readConfig({});
const outputs = { files: [{ name: 'PRODUCT', pattern: '*.txt' }], json: [] };
const lines = [{ afterMs: 0, stream: 'stdout', text: 'at work\n' }] as const;
let root: string;
let executions = 0;
beforeAll(async () => (root = await mkdtemp(path.join(tmpdir(), 'seedbed-test-execute-'))));
afterAll(() => rm(root, { recursive: true }));

interface Measuring extends Partial<Pick<Execution, 'timeout' | 'signal' | 'measureAfter' | 'onUsage'>> {
  /** In place of the engine's. */
  readonly usage?: Engine['usage'];
}

/** One execution on a simulated engine. @param timeout seconds */
async function run(
  options: Partial<SimulatedOptions>,
  { timeout = 60, signal = new AbortController().signal, ...measuring }: Measuring = {},
): Promise<Result & { directory: string; left: number }> {
  const { usage, ...measured } = measuring;
  const engine = await simulatedEngine(options);
  if (usage) engine.usage = usage;
  const directory = path.join(root, `${++executions}`);
  const request = {
    manifest: testManifest({ timeout, interface: { outputs } }),
    imageReference: simulatedImage,
    image: (await engine.inspectImage(simulatedImage))!,
    files: new Map(),
    json: new Map(),
    settings: new Map(),
    mounts: [],
    overrides: new Map(),
    network: 'none',
  };
  const result = await execute({
    engine,
    config,
    logger: createLogger('silent'),
    key: simulatedKey(executions),
    runtime: 'test',
    request,
    plan: plan(request, { jobId: 1, exeNum: 1 }, await engine.capabilities(), config),
    attempt: await makeAttemptDirectory(directory),
    logs: logPathsIn(path.join(directory, 'logs')),
    document: await contextDocument(new Map(), new Map()),
    unhashed: [],
    labels: {},
    keep: false,
    signal,
    stopwatch: new Stopwatch(),
    ...measured,
  });
  const left = (await engine.list(simulatedKey(1).installation)).length;
  return { ...result, directory, left };
}

describe('an execution', () => {
  it('that ends well is harvested, its log is kept and its container removed', async () => {
    const script = () => ({ lines, outputs: { 'product.txt': 'made', 'note.md': 'not asked for' } });
    const result = await run({ durationMs: [1, 1], script });
    expect(result).toMatchObject({ status: 'completed', exitCode: 0, error: null, left: 0 });
    expect([...result.files]).toMatchObject([{ relativePath: 'product.txt', size: 4, outputs: ['PRODUCT'] }]);
    expect(await readFile(path.join(result.directory, 'logs/stdout.log'), 'utf8')).toBe('at work\n');
    expect(await readFile(path.join(result.directory, 'output/product.txt'), 'utf8')).toBe('made');
    expect(result.steps.map(({ name }) => name)).toEqual([
      'stage-in',
      'launch',
      'run',
      'harvest',
      'sidecars',
    ]);
  });

  it.each<[string, Partial<SimulatedOptions>, string, number | null]>([
    ['fails', { script: () => ({ exitCode: 3 }) }, 'job-failed', 3],
    ['needs too much memory', { oomRate: 1 }, 'out-of-memory', 137],
    ['loses its container', { lossRate: 1, durationMs: [5, 5] }, 'engine-interrupted', null],
    ['is interrupted with its engine', { interruptionRate: 1 }, 'engine-interrupted', null],
    ['leaves no output', {}, 'missing-required-output', 0],
    ['outlasts its timeout', { durationMs: endless }, 'timeout', 143],
  ])('that %s says so, and leaves no container', async (_, options, name, exitCode) => {
    const result = await run(options, { timeout: name === 'timeout' ? 1 : 60 });
    expect(result).toMatchObject({ status: 'failed', exitCode, files: [], error: { name }, left: 0 });
  });

  it('tells what it was seen to use, at most and in all', async () => {
    const canceling = new AbortController();
    const samples = [
      { memoryBytes: 3 * 2 ** 20, cpus: 1, cpuSeconds: 0.5 },
      { memoryBytes: 5 * 2 ** 20, cpus: 1, cpuSeconds: 1.25 },
      { memoryBytes: 4 * 2 ** 20, cpus: 1, cpuSeconds: 2.504 },
    ];
    async function* usage() {
      yield* samples;
      canceling.abort();
    }
    const seen: unknown[] = [];
    const onUsage = (sample: unknown) => void seen.push(sample);
    const watched = { signal: canceling.signal, usage };
    const late = await run({ durationMs: endless }, { ...watched, measureAfter: 0.01 });
    expect(late).toMatchObject({ status: 'canceled', used: { mem: 5, cpu_seconds: 2.5 } });
    await run(
      { durationMs: endless },
      { ...watched, signal: new AbortController().signal, timeout: 1, onUsage },
    );
    expect(seen).toEqual(samples);
  });

  it('is not looked at when it is over before that, or nobody wants to know', async () => {
    const usage = () => {
      throw new Error('looked at');
    };
    const script = () => ({ outputs: { 'product.txt': 'made' } });
    for (const measuring of [{ measureAfter: 600 }, {}]) {
      const result = await run({ durationMs: [1, 1], script }, { ...measuring, usage });
      expect(result).toMatchObject({ status: 'completed', used: null });
    }
  });

  it('that is canceled says so, and leaves no container', async () => {
    const canceling = new AbortController();
    const script = () => {
      queueMicrotask(() => canceling.abort('SIGTERM'));
      return {};
    };
    const result = await run({ durationMs: endless, script }, { signal: canceling.signal });
    expect(result).toMatchObject({ status: 'canceled', error: { name: 'canceled' }, left: 0 });
  });
});
