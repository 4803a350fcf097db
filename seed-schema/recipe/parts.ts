import { jsonTypeSchema, nameSchema } from '../manifest/parts.ts';

/** Scale's tables hold so many characters of a node's name. */
export const longestNodeName = 100;

const texts = { type: 'array', items: { type: 'string' } } as const;
const ignoredVersion = { type: 'string', description: 'Of this shape; not looked at.' } as const;

const fileParameter = {
  title: 'File parameter',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { ...nameSchema, description: 'Unique among the files and the JSON values.' },
    media_types: {
      ...texts,
      'x-allowed': 'an array of media types, such as ["image/tiff"]',
      default: [],
      description: 'What it is meant for; empty: anything.',
    },
    required: { type: 'boolean', default: true, description: 'Whether there must be a file.' },
    multiple: { type: 'boolean', default: false, description: 'Whether it may be several files.' },
  },
} as const;

const jsonParameter = {
  title: 'JSON parameter',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: {
    name: { ...nameSchema, description: 'Unique among the files and the JSON values.' },
    type: jsonTypeSchema,
    required: { type: 'boolean', default: true, description: 'Whether there must be a value.' },
  },
} as const;

/** Files and values that a recipe or a condition takes. */
export const dataInterfaceSchema = {
  title: 'Interface',
  type: 'object',
  additionalProperties: false,
  properties: {
    version: ignoredVersion,
    files: {
      type: 'array',
      items: fileParameter,
      'x-allowed': 'an array of file parameters',
      default: [],
      description: 'Files, by name.',
    },
    json: {
      type: 'array',
      items: jsonParameter,
      'x-allowed': 'an array of JSON parameters',
      default: [],
      description: 'JSON values, by name.',
    },
  },
} as const;

const filter = {
  title: 'Filter',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type', 'condition', 'values'],
  properties: {
    name: { type: 'string', description: 'The parameter that is looked at.' },
    type: {
      type: 'string',
      enum: [
        'array',
        'boolean',
        'integer',
        'number',
        'object',
        'string',
        'filename',
        'media-type',
        'data-type',
        'meta-data',
      ],
      description: 'What is looked at: a value of that type, or that of the files.',
    },
    condition: {
      type: 'string',
      enum: [
        '<',
        '<=',
        '>',
        '>=',
        '==',
        '!=',
        'between',
        'in',
        'not in',
        'contains',
        'subset of',
        'superset of',
      ],
      description: 'How it is compared.',
    },
    values: { type: 'array', minItems: 1, items: {}, description: 'What it is compared with.' },
    fields: {
      type: 'array',
      items: {
        type: 'array',
        minItems: 1,
        items: { type: ['string', 'integer'] },
        'x-allowed': 'a path into the object, such as ["properties", "cloud"]',
      },
      'x-allowed': 'an array of paths into the object',
      description:
        'Which parts of an object or of meta-data; `values[i]` is a list of values for `fields[i]`.',
    },
    all_fields: { type: 'boolean', default: true, description: 'Whether every field must pass, or one.' },
    all_files: { type: 'boolean', default: true, description: 'Whether every file must pass, or one.' },
  },
} as const;

/** What a condition accepts. */
export const dataFilterSchema = {
  title: 'Data filter',
  type: 'object',
  additionalProperties: false,
  properties: {
    version: ignoredVersion,
    filters: {
      type: 'array',
      items: filter,
      'x-allowed': 'an array of filters',
      default: [],
      description: 'What is looked at; none: everything is accepted.',
    },
    all: { type: 'boolean', default: true, description: 'Whether every filter must pass, or one.' },
  },
} as const;
