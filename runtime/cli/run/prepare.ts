import type { GivenData, ScaleFile } from '../../catalog/index.ts';
import type { Config } from '../../config/index.ts';
import type { Engine, EngineCapabilities } from '../../engine/index.ts';
import { type ExecutionRequest, planResources, type Stopwatch, type Warning } from '../../execution/index.ts';
import type { JobTypeRevision } from '../../jobs/index.ts';
import { loadSchema } from '../schema-file/load-schema.ts';
import { type GivenFile, givenFiles } from './input-files.ts';
import { givenJson } from './json-inputs.ts';
import { givenMounts, refuseEngineSocket } from './mounts.ts';
import type { RunOptions } from './options.ts';
import { givenResources } from './resources.ts';
import { givenSettings } from './settings.ts';
import { resolveTarget, type Target } from './target.ts';
import type { TargetName } from './target-name.ts';

/** Rows that there are. */
export interface KnownParts {
  readonly type: JobTypeRevision;
  /** Rows of `Prepared.files`, in the same order. */
  readonly inputs: ReadonlyMap<string, readonly ScaleFile[]>;
  /** What the recipe was given that it is a part of; undefined: it is none. */
  readonly recipe?: GivenData | undefined;
}

/** A run that is worth starting: everything about it that a user can get wrong has been looked at. */
export interface Prepared {
  readonly target: Target;
  readonly files: ReadonlyMap<string, readonly GivenFile[]>;
  /** What the catalogue has of it already and the run is not to change; undefined: it is registered. */
  readonly known?: KnownParts | undefined;
  readonly request: ExecutionRequest;
  readonly machine: EngineCapabilities;
  readonly warnings: readonly Warning[];
}

/** What the preparation works with. */
export interface Preparation {
  readonly engine: Promise<Engine>;
  readonly config: Config;
  readonly stopwatch: Stopwatch;
  readonly progress: (line: string) => void;
}

/**
 * Judges manifest and options first, since that costs nothing, and builds the image last.
 * @throws every rejection of docs/errors.md that concerns manifest, options, inputs, resources or image
 */
export async function prepare(
  name: TargetName,
  options: RunOptions,
  { engine, config, stopwatch, progress }: Preparation,
): Promise<Prepared> {
  const described = engine.then((it) => it.capabilities());
  described.catch(() => undefined);
  const judgeSidecar = options.schema === undefined ? undefined : await loadSchema(options.schema);
  const pull = options.pull ?? config.pull;
  const target = await resolveTarget(name, { engine, pull, stopwatch, progress });
  const { manifest } = target;
  const { inputs } = manifest.job.interface;
  const overrides = givenResources(options.resource);
  const json = await givenJson(options.json, inputs.json, config.limits);
  const { settings, warnings } = givenSettings(options.setting, manifest, process.env);
  const mounts = await givenMounts(options.mount, manifest);
  const files = await givenFiles(options.input, inputs.files, target.directory);
  const machine = await described;
  await refuseEngineSocket(mounts, machine.socket);
  planResources({ manifest, files, overrides }, machine, config);
  const image = await (options.dryRun ? target.imageAsItIs() : target.image(progress));
  return {
    target,
    files,
    request: {
      manifest,
      imageReference: target.imageReference,
      image,
      files,
      json,
      settings,
      mounts,
      overrides,
      network: options.network,
      judgeSidecar,
    },
    machine,
    warnings: [...target.warnings, ...warnings],
  };
}
