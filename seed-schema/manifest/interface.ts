import { jsonTypeSchema, nameSchema, offSchema, requiredSchema, textSchema } from './parts.ts';

const inputFile = {
  title: 'File input',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: nameSchema,
    required: requiredSchema,
    mediaTypes: {
      type: 'array',
      items: textSchema,
      'x-allowed': 'an array of media types, such as ["image/tiff"]',
    },
    multiple: offSchema,
    partial: offSchema,
  },
} as const;

const inputJson = {
  title: 'JSON input',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: { name: nameSchema, type: jsonTypeSchema, required: requiredSchema },
} as const;

const outputFile = {
  title: 'File output',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'pattern'],
  properties: {
    name: nameSchema,
    pattern: { type: 'string', 'x-allowed': 'a glob pattern below OUTPUT_DIR, such as "*.png"' },
    mediaType: textSchema,
    multiple: offSchema,
    required: requiredSchema,
  },
} as const;

const outputJson = {
  title: 'JSON output',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: { name: nameSchema, key: textSchema, type: jsonTypeSchema, required: requiredSchema },
} as const;

const mount = {
  title: 'Mount',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'path'],
  properties: {
    name: nameSchema,
    path: { type: 'string', 'x-allowed': 'an absolute path in the container' },
    mode: { type: 'string', enum: ['ro', 'rw'], default: 'ro' },
  },
} as const;

const setting = {
  title: 'Setting',
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: { name: nameSchema, secret: offSchema },
} as const;

/** `job.interface`: what goes in, what comes out, how the container is called. */
export const interfaceSchema = {
  title: 'Interface',
  type: 'object',
  additionalProperties: false,
  properties: {
    command: textSchema,
    inputs: {
      type: 'object',
      additionalProperties: false,
      properties: { files: { type: 'array', items: inputFile }, json: { type: 'array', items: inputJson } },
    },
    outputs: {
      type: 'object',
      additionalProperties: false,
      properties: { files: { type: 'array', items: outputFile }, json: { type: 'array', items: outputJson } },
    },
    mounts: { type: 'array', items: mount },
    settings: { type: 'array', items: setting },
  },
} as const;
