import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Workbench, workbench } from '../../test/support/engine-workbench.ts';
import { readText } from '../../test/support/log-output.ts';
import { testManifest } from '../../test/support/manifest.ts';
import {
  execute,
  type Execution,
  type LogSink,
  logPathsIn,
  makeAttemptDirectory,
  plan,
  type Result,
  Stopwatch,
} from '../execution/index.ts';
import { createLogger } from '../logging/index.ts';
import { createLogStore, type LogStore } from './index.ts';

let bench: Workbench;
let store: LogStore;

beforeAll(async () => {
  bench = await workbench();
  store = createLogStore({
    directory: path.join(bench.directory, 'logs'),
    capMiB: 1,
    retentionSeconds: 60,
    pollMs: 2 ** 31 - 1,
  });
});

afterAll(() => bench.close());

async function run(
  command: string,
  logs: (execution: number) => Partial<Pick<Execution, 'sink' | 'config' | 'onLog'>>,
): Promise<{ execution: number; result: Result }> {
  const key = bench.key();
  const request = {
    manifest: testManifest({ interface: { command } }),
    imageReference: bench.image,
    image: (await bench.engine.inspectImage(bench.image))!,
    files: new Map(),
    json: new Map(),
    settings: new Map(),
    mounts: [],
    overrides: new Map(),
    network: 'none',
  };
  const directory = path.join(bench.directory, `attempts`);
  await mkdir(directory, { recursive: true });
  const result = await execute({
    engine: bench.engine,
    config: bench.config,
    logger: createLogger('silent'),
    key,
    runtime: 'test',
    request,
    plan: plan(request, { jobId: 1, exeNum: 1 }, await bench.engine.capabilities(), bench.config),
    attempt: await makeAttemptDirectory(path.join(directory, `${key.execution}`)),
    logs: logPathsIn(store.directoryOf(key.execution)),
    document: {},
    unhashed: [],
    labels: {},
    keep: false,
    signal: new AbortController().signal,
    stopwatch: new Stopwatch(),
    ...logs(key.execution),
  });
  return { execution: key.execution, result };
}

const intoStore = (execution: number) => ({ sink: store.writer(execution, { resume: false }) });
const lines = (count: number) => Array.from({ length: count }, (_, at) => `${at + 1}\n`).join('');

describe('an execution with a log store', () => {
  it('keeps what a quick job writes, and followers have it all at its end', async () => {
    const followers: Promise<string>[] = [];
    const { execution, result } = await run(`sh -c 'seq 1 40000; echo alas >&2'`, (execution) => {
      for (const stream of ['stdout', 'stderr'] as const)
        followers.push(readText(store.follow(execution, stream, { ended: () => false })));
      return intoStore(execution);
    });
    expect(result.error).toBeNull();
    expect(await readText(store.read(execution, 'stdout'))).toBe(lines(40_000));
    expect(await Promise.all(followers)).toEqual([lines(40_000), 'alas\n']);
  });

  it('keeps the beginning and the end of one that writes more than the cap', async () => {
    const { execution, result } = await run(`sh -c 'seq 1 500000'`, intoStore);
    expect(result.error).toBeNull();
    const text = await readText(store.read(execution, 'stdout'));
    expect(text.startsWith(lines(1000))).toBe(true);
    expect(text.endsWith('\n499999\n500000\n')).toBe(true);
    expect(text.match(/\[seedbed: /g)).toHaveLength(1);
  });

  it('is stopped at the hard limit, and what it wrote until then is there', async () => {
    const config = { ...bench.config, limits: { ...bench.config.limits, logMiB: 0.1 } };
    const { execution, result } = await run(`sh -c 'seq 1 100000; sleep 600'`, (execution) => ({
      ...intoStore(execution),
      config,
    }));
    expect(result.error?.name).toBe('log-limit-exceeded');
    expect(await readText(store.read(execution, 'stdout'))).toBe(
      lines(100_000).slice(0, Math.floor(0.1 * 2 ** 20)),
    );
    expect(await store.endOf(execution)).toBeDefined();
  });

  it('names the file of its standard error when it fails', async () => {
    const { execution, result } = await run(`sh -c 'exit 3'`, intoStore);
    expect(result.error?.message).toContain(path.join(store.directoryOf(execution), 'stderr.log'));
  });
});

describe('a sink', () => {
  it('is waited for before more is taken', async () => {
    let busy = 0;
    let most = 0;
    const sink: LogSink = {
      async write() {
        busy += 1;
        most = Math.max(most, busy);
        await new Promise(setImmediate);
        busy -= 1;
      },
      async end() {
        most = Math.max(most, busy + 1);
      },
      leave: async () => undefined,
    };
    const { result } = await run(`sh -c 'seq 1 20000'`, () => ({ sink }));
    expect(result.error).toBeNull();
    expect(most).toBe(1);
  });

  it.each(['write', 'end'] as const)(
    'that fails at its %s fails the execution, and is ended once',
    async (at) => {
      let ends = 0;
      const full = Object.assign(new Error('no space left'), { code: 'ENOSPC', path: '/logs' });
      const sink: LogSink = {
        async write() {
          if (at === 'write') throw full;
        },
        async end() {
          ends += 1;
          throw full;
        },
        leave: async () => undefined,
      };
      const { result } = await run(`sh -c 'echo one'`, () => ({ sink }));
      expect(result.error?.name).toBe('disk-full');
      expect(ends).toBe(1);
    },
  );

  it('is not touched when nothing is launched', async () => {
    const { execution, result } = await run('/no/such/program', intoStore);
    expect(result.status).toBe('failed');
    expect(await store.endOf(execution)).toBeUndefined();
  });
});
