import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from '../validator.ts';
import { interfaceSchema } from './interface.ts';
import { nameSchema, textSchema, versionSchema } from './parts.ts';

const maintainer = {
  title: 'Maintainer',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'email'],
  properties: {
    name: textSchema,
    organization: textSchema,
    email: textSchema,
    url: textSchema,
    phone: textSchema,
  },
} as const;

const resources = {
  title: 'Resources',
  type: 'object',
  additionalProperties: false,
  required: ['scalar'],
  properties: {
    scalar: {
      type: 'array',
      items: {
        title: 'Scalar resource',
        type: 'object',
        additionalProperties: false,
        required: ['name', 'value'],
        properties: { name: nameSchema, value: { type: 'number' }, inputMultiplier: { type: 'number' } },
      },
    },
  },
} as const;

const errorMapping = {
  title: 'Error',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'name'],
  properties: {
    code: { type: 'integer', 'x-allowed': 'an exit code, a whole number' },
    name: nameSchema,
    title: textSchema,
    description: textSchema,
    category: { type: 'string', enum: ['job', 'data'], default: 'job' },
  },
} as const;

/**
 * The Seed 1.0.0 manifest, `seed.manifest.json` (the standard, "Manifest"). It differs from the schema published with the
 * standard in one place: `resources` needs `scalar`, as the prose has it (there the rule stands where it has no effect).
 */
export const manifestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:manifest',
  title: 'Seed manifest',
  description: 'What a Seed job is called, takes, gives and needs.',
  type: 'object',
  additionalProperties: false,
  required: ['seedVersion', 'job'],
  properties: {
    seedVersion: { type: 'string', const: '1.0.0', 'x-allowed': '"1.0.0", the one version of the standard' },
    job: {
      title: 'Job',
      type: 'object',
      additionalProperties: false,
      required: ['name', 'jobVersion', 'packageVersion', 'title', 'description', 'maintainer', 'timeout'],
      properties: {
        name: { type: 'string', pattern: '^[a-zA-Z0-9-]+$', 'x-allowed': 'a name of letters, digits and -' },
        jobVersion: versionSchema,
        packageVersion: versionSchema,
        title: textSchema,
        description: textSchema,
        tags: { type: 'array', items: textSchema, 'x-allowed': 'an array of strings' },
        maintainer,
        timeout: { type: 'integer', 'x-allowed': 'a whole number of seconds' },
        interface: interfaceSchema,
        resources,
        errors: { type: 'array', items: errorMapping },
      },
    },
  },
} as const;

/** A manifest as its author wrote it: every default still absent. */
export type ManifestDocument = FromSchema<typeof manifestSchema, { keepDefaultedPropertiesOptional: true }>;

/** The JSON Schema's rules alone; `runtime/manifest` adds those that no schema can say. */
export const manifestValidator = makeValidator<ManifestDocument>(manifestSchema, 'the manifest');
