import type { JobPost } from '../../../seed-schema/index.ts';
import type { Limits } from '../../config/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import { parted } from '../run/assignments.ts';
import { givenJsonToSend } from '../run/json-inputs.ts';
import { named, nameWithPath } from '../run/name-values.ts';
import { givenResources } from '../run/resources.ts';
import { givenSettings } from '../run/settings.ts';
import { wholeNumber } from '../whole-number.ts';
import type { SubmitOptions } from './options.ts';

/** What a job is given besides its files. */
export interface GivenValues {
  readonly json: Readonly<Record<string, unknown>>;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/**
 * JSON inputs and configuration of a job, from the command line.
 * @throws unknown-name, invalid-json-input, missing-input, missing-setting, invalid-usage
 */
export async function givenValues(
  options: SubmitOptions,
  manifest: Manifest,
  limits: Limits,
): Promise<GivenValues> {
  const json = await givenJsonToSend(options.json, manifest.job.interface.inputs.json, limits);
  const { priority } = options;
  return {
    json: Object.fromEntries([...json].map(([name, { value }]) => [name, value])),
    configuration: {
      ...givenConfiguration(options, manifest),
      ...(options.reuse && { reuse: true }),
      ...(priority !== undefined && {
        priority: wholeNumber('--priority', priority, { most: 2_147_483_647 }),
      }),
    },
  };
}

/** Settings, mounts and resources, as the service takes them. @throws unknown-name, missing-setting, invalid-usage */
export function givenConfiguration(
  options: Pick<SubmitOptions, 'setting' | 'mount' | 'resource'>,
  manifest: Manifest,
): Readonly<Record<'settings' | 'mounts' | 'resources', Readonly<Record<string, unknown>>>> {
  const { settings } = givenSettings(options.setting, manifest, process.env);
  return {
    settings: Object.fromEntries(settings),
    mounts: Object.fromEntries(givenMounts(options.mount, manifest)),
    resources: Object.fromEntries(givenResources(options.resource)),
  };
}

/** Of the node's machine, so that they are not looked at here. */
function givenMounts(options: readonly string[], { job }: Manifest) {
  const { mounts } = job.interface;
  const names = mounts.map(({ name }) => name);
  return new Map(
    parted(options, names).map((option) => {
      const { name, value } = nameWithPath('-m', option);
      return [named(mounts, name, 'mount').name, { type: 'host', host_path: value }];
    }),
  );
}

export function jobPost(
  jobTypeId: number,
  files: Readonly<Record<string, readonly number[]>>,
  { json, configuration }: GivenValues,
): JobPost {
  return { job_type_id: jobTypeId, input: { version: '7', files, json }, configuration };
}
