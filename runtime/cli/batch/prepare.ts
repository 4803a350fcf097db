import type { Config } from '../../config/index.ts';
import type { Engine, EngineCapabilities, ImageDetails } from '../../engine/index.ts';
import { type ExecutionRequest, plan, Stopwatch, type Warning } from '../../execution/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { loadSchema } from '../schema-file/load-schema.ts';
import { givenMounts, refuseEngineSocket } from '../run/mounts.ts';
import { shownSettings } from '../run/registration.ts';
import { givenResources } from '../run/resources.ts';
import { givenSettings } from '../run/settings.ts';
import { resolveTarget, type Target } from '../run/target.ts';
import type { TargetName } from '../run/target-name.ts';
import type { BatchIdentity } from './journal/entry.ts';
import type { BatchOptions } from './options.ts';
import { directoryInput } from './rows/directory-input.ts';
import { directoryRows } from './rows/directory-rows.ts';
import { fileRows } from './rows/file-rows.ts';
import type { Inputs, Judgement } from './rows/judge.ts';
import type { Rows } from './rows/row.ts';

/** A batch that is worth starting: all that its rows have in common has been looked at. */
export interface BatchPlan {
  readonly rows: Rows;
  readonly judgement: Judgement;
  readonly identity: BatchIdentity;
  readonly warnings: readonly Warning[];
}

/** One that is run on this machine. */
export interface PreparedBatch extends BatchPlan {
  readonly target: Target;
  readonly image: ImageDetails;
  readonly machine: EngineCapabilities;
  /** What is launched for a row. */
  readonly request: (inputs: Pick<ExecutionRequest, 'files' | 'json'>) => ExecutionRequest;
}

/** What the preparation works with. */
export interface BatchPreparation {
  readonly engine: Promise<Engine>;
  readonly config: Config;
  readonly progress: (line: string) => void;
}

/**
 * Judges options, manifest and the form of the rows first, and builds the image last.
 * @throws every rejection of docs/errors.md that concerns manifest, options, batch file, directory or image
 */
export async function prepareBatch(
  name: TargetName,
  options: BatchOptions,
  { engine, config, progress }: BatchPreparation,
): Promise<PreparedBatch> {
  const described = engine.then((it) => it.capabilities());
  described.catch(() => undefined);
  const judgeSidecar = options.schema === undefined ? undefined : await loadSchema(options.schema);
  const pull = options.pull ?? config.pull;
  const stopwatch = new Stopwatch(() => undefined);
  const target = await resolveTarget(name, { engine, pull, stopwatch, progress });
  const { manifest, imageReference } = target;
  const overrides = givenResources(options.resource);
  const { settings, warnings } = givenSettings(options.setting, manifest, process.env);
  const mounts = await givenMounts(options.mount, manifest);
  const machine = await described;
  await refuseEngineSocket(mounts, machine.socket);
  const rows = await givenRows(options, manifest);
  const image = await target.image(progress).catch(async (thrown: unknown) => {
    await rows.close();
    throw thrown;
  });
  const request: PreparedBatch['request'] = ({ files, json }) => ({
    ...{ manifest, imageReference, image, files, json, settings, mounts, overrides, judgeSidecar },
    network: options.network,
  });
  const check = (inputs: Inputs) => void plan(request(inputs), { jobId: 0, exeNum: 1 }, machine, config);
  return {
    ...{ target, image, machine, rows, request },
    judgement: { manifest, limits: config.limits, check },
    identity: {
      image: imageReference,
      imageId: image.id,
      settings: shownSettings({ manifest, settings }),
      mounts: Object.fromEntries(mounts.map(({ name: mount, source }) => [mount, source])),
      resources: Object.fromEntries(overrides),
      network: options.network,
    },
    warnings: [...target.warnings, ...warnings, ...noteUnused(options)],
  };
}

/** The rows that the options name. @throws batch-file-invalid and its kind */
export function givenRows({ batch, directory }: BatchOptions, manifest: Manifest): Promise<Rows> {
  return batch === undefined
    ? directoryRows(directory ?? '.', directoryInput(manifest))
    : fileRows(batch, manifest);
}

/** seed-cli says so in its help; here it is said where it happens. */
export function noteUnused({ batch, directory }: BatchOptions): Warning[] {
  if (batch === undefined || directory === undefined) return [];
  return [{ name: 'unused-directory', description: `The rows of ${batch} are run, and -d is not used.` }];
}
