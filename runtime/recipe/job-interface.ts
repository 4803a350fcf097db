import type { JsonParameter } from '../../seed-schema/index.ts';
import type { KnownJobType, NodeInterface } from './interface.ts';

interface Named {
  readonly name: string;
  readonly required: boolean;
}

/** The inputs and outputs of a Seed manifest, defaults filled in: `job.interface` of runtime/manifest. */
export interface SeedInterface {
  readonly inputs: {
    readonly files: readonly (Named & {
      readonly mediaTypes: readonly string[];
      readonly multiple: boolean;
    })[];
    readonly json: readonly JsonParameter[];
  };
  readonly outputs: {
    readonly files: readonly (Named & { readonly mediaType?: string; readonly multiple: boolean })[];
    readonly json: readonly JsonParameter[];
  };
}

/** `job` of a Seed manifest, as far as recipes look at it. */
export interface SeedJob {
  readonly timeout: number;
  readonly interface: SeedInterface & {
    readonly settings: readonly { readonly name: string; readonly secret: boolean }[];
  };
  readonly resources: { readonly scalar: readonly { readonly name: string }[] };
}

/** What a node that runs a job takes and gives: names as in the manifest; a file output has one media type, or none. */
export function jobInterface({ inputs, outputs }: SeedInterface): NodeInterface {
  const json = (parameters: readonly JsonParameter[]) =>
    parameters.map(({ name, type, required }) => ({ name, type, required }));
  return {
    input: {
      files: inputs.files.map(({ name, mediaTypes, required, multiple }) => ({
        name,
        media_types: mediaTypes,
        required,
        multiple,
      })),
      json: json(inputs.json),
    },
    output: {
      files: outputs.files.map(({ name, mediaType, required, multiple }) => ({
        name,
        media_types: mediaType === undefined ? [] : [mediaType],
        required,
        multiple,
      })),
      json: json(outputs.json),
    },
  };
}

/** All that definitions are judged by of a job type. */
export function knownJobType(job: SeedJob): KnownJobType {
  return {
    ...jobInterface(job.interface),
    timeout: job.timeout,
    settings: job.interface.settings,
    resources: job.resources.scalar.map(({ name }) => name),
  };
}
