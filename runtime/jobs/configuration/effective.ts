import type { Configuration } from '../../../seed-schema/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { resourceName } from '../../manifest/names.ts';
import { inOwnNames } from './own-names.ts';

/** What holds for one job: its own configuration over that of its type, defaults filled in. Settings and mounts apart. */
export interface EffectiveConfiguration {
  /** Lower ones go first. */
  readonly priority: number;
  /** Executions at most. */
  readonly maxTries: number;
  /** Names of errors that are retried besides those of the system; `*` is all. */
  readonly retryErrors: readonly string[];
  /** After out-of-memory the memory is multiplied by it; undefined: no such retry. */
  readonly memoryFactor: number | undefined;
  /** Amounts in place of the manifest's, by the standard's spelling: cores, MiB, units. */
  readonly resources: ReadonlyMap<string, number>;
  /** Workspaces by file output, and that of the others; undefined: the managed one. */
  readonly workspaces: ReadonlyMap<string, string>;
  readonly defaultWorkspace: string | undefined;
}

export const defaultPriority = 100;
export const defaultMaxTries = 3;

/** @param job of the job itself, if it has one */
export function effectiveConfiguration(
  manifest: Manifest,
  type: Configuration,
  job: Configuration = {},
): EffectiveConfiguration {
  const outputs = manifest.job.interface.outputs.files;
  const retry = { ...type.retry, ...job.retry };
  return {
    priority: job.priority ?? type.priority ?? defaultPriority,
    maxTries: retry.max_tries ?? defaultMaxTries,
    retryErrors: retry.errors ?? [],
    memoryFactor: retry.memory_factor,
    resources: new Map([...amounts(type), ...amounts(job)]),
    workspaces: new Map([
      ...inOwnNames(outputs, type.output_workspaces?.outputs),
      ...inOwnNames(outputs, job.output_workspaces?.outputs),
    ]),
    defaultWorkspace: job.output_workspaces?.default || type.output_workspaces?.default || undefined,
  };
}

function amounts({ resources = {} }: Configuration): [string, number][] {
  return Object.entries(resources).map(([name, amount]) => [resourceName(name), amount]);
}
