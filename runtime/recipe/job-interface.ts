import type { JsonParameterType } from '../../seed-schema/index.ts';
import type { NodeInterface } from './interface.ts';

/** What a manifest says of inputs and outputs, as far as recipes need it (Seed, "Interface"). */
export interface JobParameters {
  readonly inputs: {
    readonly files: readonly {
      readonly name: string;
      readonly mediaTypes: readonly string[];
      readonly required: boolean;
      readonly multiple: boolean;
    }[];
    readonly json: readonly JsonParameterOf[];
  };
  readonly outputs: {
    readonly files: readonly {
      readonly name: string;
      readonly mediaType?: string | undefined;
      readonly required: boolean;
      readonly multiple: boolean;
    }[];
    readonly json: readonly JsonParameterOf[];
  };
}

interface JsonParameterOf {
  readonly name: string;
  readonly type: JsonParameterType;
  readonly required: boolean;
}

/** What a job takes and gives. */
export function jobInterface({ inputs, outputs }: JobParameters): NodeInterface {
  return {
    input: {
      files: inputs.files.map(({ name, mediaTypes, required, multiple }) => ({
        name,
        media_types: mediaTypes,
        required,
        multiple,
      })),
      json: inputs.json.map(jsonOf),
    },
    output: {
      files: outputs.files.map(({ name, mediaType, required, multiple }) => ({
        name,
        media_types: mediaType === undefined ? [] : [mediaType],
        required,
        multiple,
      })),
      json: outputs.json.map(jsonOf),
    },
  };
}

function jsonOf({ name, type, required }: JsonParameterOf): JsonParameterOf {
  return { name, type, required };
}
