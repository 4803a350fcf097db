import { metadataProperties } from '../metadata/metadata.ts';
import { allowed } from '../words.ts';
import type { SpecEntry } from './entries.ts';

const common = { required: false, default: undefined, otherwise: undefined } as const;

const sidecar = '<file>.metadata.json';

const times: Readonly<Record<string, unknown>> = {
  sourceSensorClass: 'Radar',
  sourceSensor: 'X-Band',
  sourceCollection: '12345A',
  sourceTask: 'Calibration',
  dataTypes: ['elevation'],
};

/** What the standard knows beside the manifest, and what Scale and Seedbed add to it. */
export const beyondEntries: readonly SpecEntry[] = [
  {
    ...common,
    name: 'OUTPUT_DIR',
    group: 'environment',
    also: [],
    what: 'The directory that the job writes everything into: absolute, and writable for any user of the image.',
    type: 'path',
    allowed: 'set by the platform; no input or setting may have this variable',
    example: '/scale/output_data',
    fields: [],
  },
  {
    ...common,
    name: 'ALLOCATED_<RESOURCE>',
    group: 'environment',
    also: ['allocated', 'allocated_*', 'allocated_cpus', 'allocated_mem', 'allocated_disk'],
    what: 'How much of a resource the job was given, such as ALLOCATED_MEM: cores, MiB or units, with a decimal point. The input files themselves are not counted. The name is that of the resource in upper case, with - turned into _.',
    type: 'number as text',
    allowed: 'set by the platform; no input or setting may have a variable that begins so',
    example: '512.0',
    fields: [],
  },
  {
    ...common,
    name: 'INPUT_METADATA',
    group: 'environment',
    also: ['scale-input-metadata.json'],
    what: 'The path of a JSON file with what the catalogue knows of the input files. Not of the standard: Scale and Seedbed set it.',
    type: 'path',
    allowed: 'set by the platform',
    example: '/scale/input_data/scale-input-metadata.json',
    fields: [],
  },
  {
    ...common,
    name: 'SCALE_<ID>',
    group: 'environment',
    also: ['scale_job_id', 'scale_exe_num', 'scale_recipe_id', 'scale_batch_id', 'scale_*'],
    what: 'Numbers in the catalogue: SCALE_JOB_ID, SCALE_EXE_NUM and, where there is one, SCALE_RECIPE_ID and SCALE_BATCH_ID. Not of the standard: Scale and Seedbed set them.',
    type: 'integer as text',
    allowed: 'set by the platform',
    example: '1234',
    fields: [],
  },
  {
    ...common,
    name: 'seed.outputs.json',
    group: 'files',
    also: ['outputs.json file', 'results_manifest.json'],
    what: 'The JSON outputs, at the top of OUTPUT_DIR: one object with a member for each, by its key. Members that no output declares are ignored.',
    type: 'object',
    allowed: 'UTF-8; members of the declared types',
    example: { cellCount: 256 },
    fields: [],
  },
  {
    ...common,
    name: sidecar,
    group: 'files',
    also: ['metadata', 'sidecar', 'metadata.json', '.metadata.json'],
    what: 'Where and when the data of a file is from, in a file beside it: any GeoJSON object (RFC 7946), with times and source among the properties of a Feature. <INPUT_NAME>.metadata.json at the top of OUTPUT_DIR describes the input itself.',
    type: 'object',
    allowed: 'GeoJSON, judged by `seed validate --sidecar`',
    example: {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [4.9, 52.4] },
      properties: { dataStarted: '2019-10-14T00:00:00Z', dataTypes: ['elevation'] },
    },
    fields: Object.keys(metadataProperties).map((name) => `properties.${name}`),
  },
  ...Object.entries(metadataProperties).map(([name, schema]) => ({
    ...common,
    name: `${sidecar}: properties.${name}`,
    group: 'files' as const,
    also: [name.toLowerCase(), `properties.${name}`.toLowerCase()],
    what: schema.description,
    type: schema.type,
    allowed: allowed(schema),
    example: times[name] ?? '2019-10-14T00:00:00Z',
    fields: [],
  })),
  {
    ...common,
    name: 'image name',
    group: 'image',
    also: ['image', 'tag'],
    what: 'What the image of a job is called: <name>-<jobVersion>-seed:<packageVersion>. Registries are searched for names that end in -seed.',
    type: 'image reference',
    allowed: 'as Docker has it: in lower case; what it does not take is changed',
    example: 'cell-counter-1.2.0-seed:1.0.3',
    fields: [],
  },
  {
    ...common,
    name: 'com.ngageoint.seed.manifest',
    group: 'image',
    also: ['label', 'image label'],
    what: "The label of the image that has the whole manifest, as JSON. `seed-run` and `seed build` write it; seed-cli's form with more backslashes is read too.",
    type: 'JSON text',
    allowed: 'one manifest',
    example: '{"seedVersion":"1.0.0","job":{"name":"cell-counter"}}',
    fields: [],
  },
];
