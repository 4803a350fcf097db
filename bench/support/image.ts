import { importBusybox } from '../../test/support/engine.ts';
import { manifestLabelName } from '../../runtime/manifest/index.ts';
import type { Bench } from './bench.ts';

/** What a job of a benchmark is made from. */
export interface BenchJob {
  readonly name: string;
  /** `interface.command`. */
  readonly command: string;
  readonly inputs?: readonly object[];
  /** JSON inputs. */
  readonly json?: readonly object[];
  readonly outputs?: readonly object[];
  /** Cores; default: 1. */
  readonly cpus?: number;
}

/** An image of 2 MB (busybox) with the job's manifest in its label; removed at the end. @returns its tag */
export async function jobImage({ docker, ending, id }: Bench, job: BenchJob): Promise<string> {
  const tag = `seedbed-bench-${job.name}:${id}`;
  ending.undo(() => docker.getImage(tag).remove({ force: true }));
  await importBusybox(docker, tag, [
    `LABEL ${manifestLabelName}=${quoted(JSON.stringify(benchManifest(job)))}`,
  ]);
  return tag;
}

/** A valid manifest of Seed 1.0.0. Pure. */
export function benchManifest({
  name,
  command,
  inputs = [],
  json = [],
  outputs = [],
  cpus = 1,
}: BenchJob): object {
  return {
    seedVersion: '1.0.0',
    job: {
      name: `bench-${name}`,
      jobVersion: '1.0.0',
      packageVersion: '1.0.0',
      title: `Benchmark: ${name}`,
      description: 'A job that costs next to nothing, to show what everything else costs',
      maintainer: { name: 'Seedbed', email: 'seedbed@example.org' },
      timeout: 600,
      interface: { command, inputs: { files: inputs, json }, outputs: { files: outputs } },
      resources: {
        scalar: [
          { name: 'cpus', value: cpus },
          { name: 'mem', value: 128 },
          { name: 'disk', value: 0 },
        ],
      },
    },
  };
}

/** A value of a Dockerfile's LABEL, in which a variable would be expanded. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('$', '\\$');
}
