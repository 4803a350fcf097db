import type { JsonType } from './json/types.ts';

/** A JSON output of a manifest, as far as the schema of `seed.outputs.json` needs it. */
export interface DeclaredJson {
  readonly name: string;
  /** The member's name, case-sensitive; by default the output's. */
  readonly key?: string;
  readonly type: JsonType;
  readonly required?: boolean;
}

/** The JSON Schema of one job's `seed.outputs.json`: a member of the declared type for each output, others allowed. */
export function outputsSchema(declared: readonly DeclaredJson[]) {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'seed.outputs.json',
    description: "Values of the job's JSON outputs.",
    type: 'object',
    required: declared.filter(({ required }) => required !== false).map(({ name, key }) => key ?? name),
    properties: Object.fromEntries(
      declared.map(({ name, key, type }) => [key ?? name, { type, title: name }]),
    ),
  } as const;
}
