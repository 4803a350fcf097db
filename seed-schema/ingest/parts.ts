import { nameSchema } from '../manifest/parts.ts';

const title = { type: 'string', minLength: 1, maxLength: 250 } as const;

/** What a strike and a scan are called. */
export const shownSchema = {
  title: { ...title, description: 'For people.' },
  description: {
    type: ['string', 'null'],
    maxLength: 5000,
    'x-allowed': 'a text, or null',
    description: 'For people.',
  },
} as const;

/** In a new one. */
export const newNameSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 50,
  pattern: '^[^\\u0000-\\u001f/]+$',
  'x-allowed': 'a text of 1 to 50 characters without slashes',
  description: 'Unique; made from the title where it is left out.',
} as const;

export const configurationGiven = {
  type: 'object',
  'x-allowed': 'an object with workspace, files_to_ingest and a monitor or scanner',
} as const;

const workspaceName = { type: 'string', minLength: 1, maxLength: 50 } as const;

export const ruleSchema = {
  title: 'Rule',
  type: 'object',
  additionalProperties: false,
  required: ['filename_regex'],
  properties: {
    filename_regex: {
      type: 'string',
      minLength: 1,
      maxLength: 1000,
      description: "Expression as Python's, from the beginning of the path or of the name.",
    },
    data_types: {
      type: 'array',
      maxItems: 100,
      items: { type: 'string', minLength: 1, maxLength: 250 },
      'x-allowed': 'an array of texts',
      default: [],
      description: 'What the files are tagged with.',
    },
    new_workspace: { ...workspaceName, description: 'Where they are moved to.' },
    new_file_path: {
      type: 'string',
      minLength: 1,
      maxLength: 500,
      description: 'Directory in the workspace; `/YYYY/MM/DD` and the name are appended.',
    },
  },
} as const;

/** Members that strikes and scans have in common. */
export const commonSchema = {
  version: {
    type: 'string',
    enum: ['1.0', '2.0', '6', '7'],
    description: 'Of this shape; the shape is the same in all of them.',
  },
  workspace: { ...workspaceName, description: 'Name of the workspace where files arrive.' },
  files_to_ingest: {
    type: 'array',
    minItems: 1,
    maxItems: 1000,
    items: ruleSchema,
    'x-allowed': 'an array of at least one rule',
    description: 'Rules; the first that a file matches decides about it.',
  },
  recipe: {
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 250, description: 'Of the recipe type.' },
      revision_num: {
        type: 'integer',
        minimum: 1,
        'x-allowed': 'a whole number from 1',
        description: 'Left out: the newest at that time.',
      },
      input: {
        ...nameSchema,
        description:
          'Which of its inputs takes the file. Left out: its only file input, or its only required one.',
      },
    },
    description: 'What is started for each file.',
  },
  duplicates: {
    type: 'string',
    enum: ['content', 'name-and-size'],
    default: 'content',
    description: 'When a file is one that was ingested before. `name-and-size` is how Scale saw it.',
  },
  footprint: {
    type: 'boolean',
    default: false,
    description: 'Whether area and times are read out of GeoTIFF, EXIF, GeoJSON and sidecars.',
  },
} as const;

export const suffixSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  default: '_tmp',
  description: 'What the names of files end with as long as they are written.',
} as const;
