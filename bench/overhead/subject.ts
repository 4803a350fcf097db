import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { readConfig } from '../../runtime/config/index.ts';
import { createEngine, type Engine, type ExecutionKey } from '../../runtime/engine/index.ts';
import type { ExecutionRequest } from '../../runtime/execution/index.ts';
import { manifestFromLabels } from '../../runtime/manifest/index.ts';
import type { Config } from '../../runtime/config/index.ts';
import type { Bench } from '../support/bench.ts';
import { type BenchJob, jobImage } from '../support/image.ts';

/** A job and what it runs on, the same for all lanes. */
export interface Subject {
  readonly bench: Bench;
  readonly engine: Engine;
  readonly config: Config;
  readonly image: string;
  readonly request: Omit<ExecutionRequest, 'network'>;
  nextKey(): ExecutionKey;
  /** A directory that does not exist yet. */
  nextDirectory(): string;
}

let count = 0;

export async function makeSubject(
  bench: Bench,
  engine: Engine,
  config: Config,
  job: BenchJob,
): Promise<Subject> {
  const image = await jobImage(bench, job);
  const details = (await engine.inspectImage(image))!;
  const { manifest } = manifestFromLabels(details.labels, image);
  const directory = path.join(bench.directory, job.name);
  await mkdir(directory);
  return {
    bench,
    engine,
    config,
    image,
    request: {
      manifest,
      imageReference: image,
      image: details,
      files: new Map(),
      json: new Map(),
      settings: new Map(),
      mounts: [],
      overrides: new Map(),
    },
    nextKey: () => ({ installation: bench.installation, execution: ++count, attempt: 1 }),
    nextDirectory: () => path.join(directory, `${++count}`),
  };
}

/** The engine room as the commands use it, with its caches in the benchmark's own directory. */
export async function benchEngine(bench: Bench): Promise<{ engine: Engine; config: Config }> {
  const config = readConfig({ ...process.env, SEED_HOME: path.join(bench.directory, 'home') });
  const engine = await createEngine(config);
  bench.ending.undo(async () => engine.close());
  return { engine, config };
}
