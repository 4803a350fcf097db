import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../../runtime/config/index.ts';
import { createEngine, type Engine, type ExecutionKey, type LaunchSpec } from '../../runtime/engine/index.ts';
import { busyboxImage } from './engine.ts';

/** One test file's engine, its installation and its files. */
export interface Workbench {
  readonly engine: Engine;
  readonly config: Config;
  readonly installation: string;
  /** A directory of its own, gone after `close`. */
  readonly directory: string;
  readonly image: string;
  /** The next execution. */
  key(): ExecutionKey;
  /** A job of the test image with an output directory as the execution room makes it; `parts` replace its members. */
  job(command: readonly string[], parts?: Partial<LaunchSpec>): Promise<LaunchSpec>;
  /** Launches, reads everything, waits and collects; the container is left for `remove`. */
  run(spec: LaunchSpec, key?: ExecutionKey): Promise<Outcome>;
  /** Removes every container of the installation and every file. */
  close(): Promise<void>;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  readonly interrupted: boolean;
}

/** @param env as of the process, e.g. with another DOCKER_HOST */
export async function workbench(
  env: NodeJS.ProcessEnv = process.env,
  directory?: string,
): Promise<Workbench> {
  const root = directory ?? (await mkdtemp(path.join(tmpdir(), 'seedbed-test-engine-')));
  const config = readConfig({ ...env, SEED_HOME: path.join(root, 'home') });
  const engine = await createEngine(config, env);
  const image = await busyboxImage();
  const installation = randomUUID();
  let executions = 0;
  const nextKey = (): ExecutionKey => ({ installation, execution: ++executions, attempt: 1 });
  return {
    engine,
    config,
    installation,
    directory: root,
    image,
    key: nextKey,
    async job(command, parts = {}) {
      const parent = await mkdtemp(path.join(root, 'job-'));
      await chmod(parent, 0o700);
      const output = path.join(parent, 'out');
      await mkdir(output);
      await chmod(output, 0o777);
      return {
        image,
        command,
        environment: {},
        staged: [],
        output: { target: '/scale/output_data', directory: output },
        limits: { cpus: 1, mem: 64, pids: 256 },
        network: 'none',
        labels: {},
        ...parts,
      };
    },
    async run(spec, key = nextKey()) {
      await engine.launch(spec, key, 'test');
      const [text, exit] = await Promise.all([readAll(engine, key), exitOf(engine, key)]);
      await engine.collect(spec, key);
      return { ...text, ...exit };
    },
    async close() {
      try {
        for (const { key } of await engine.list(installation)) await engine.remove(key);
      } finally {
        engine.close();
        await rm(root, { recursive: true, force: true });
      }
    },
  };
}

export async function readAll(
  engine: Engine,
  key: ExecutionKey,
): Promise<{ stdout: string; stderr: string }> {
  const parts = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for await (const { stream, data } of engine.logs(key)) parts[stream].push(data);
  return { stdout: Buffer.concat(parts.stdout).toString(), stderr: Buffer.concat(parts.stderr).toString() };
}

export async function exitOf(engine: Engine, key: ExecutionKey): Promise<Omit<Outcome, 'stdout' | 'stderr'>> {
  for await (const seen of engine.observe(key))
    if (seen.state === 'exited')
      return { exitCode: seen.exitCode, oomKilled: seen.oomKilled, interrupted: seen.interrupted };
  throw new Error('the observation ended before the container');
}

/** The first value of a stream, which is then closed. */
export async function first<T>(stream: AsyncIterable<T>): Promise<T> {
  for await (const value of stream) return value;
  throw new Error('the stream is empty');
}

/** Reads a stream to its end. */
export async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  const values = stream[Symbol.asyncIterator]();
  while (!(await values.next()).done);
}
