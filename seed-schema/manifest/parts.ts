import { jsonTypes } from '../json/types.ts';

/** Names of inputs, outputs, mounts, settings, resources and errors. */
export const nameSchema = {
  type: 'string',
  pattern: '^[a-zA-Z0-9_-]+$',
  'x-allowed': 'a name of letters, digits, _ and -',
} as const;

export const textSchema = { type: 'string' } as const;

/** Semantic Versioning 2.0.0. */
export const versionSchema = {
  type: 'string',
  pattern:
    '^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)' +
    '(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?' +
    '(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?$',
  'x-allowed': 'a version such as 1.0.0 (Semantic Versioning 2.0.0)',
} as const;

/** Types of JSON inputs and outputs. */
export const jsonTypeSchema = {
  type: 'string',
  enum: jsonTypes,
  'x-allowed': '"array", "boolean", "integer", "number", "object" or "string"',
} as const;

export const requiredSchema = { type: 'boolean', default: true } as const;
export const offSchema = { type: 'boolean', default: false } as const;
