import type { FromSchema } from 'json-schema-to-ts';
import { makeValidator } from './validator.ts';

export const findingSchema = {
  title: 'Finding',
  description: 'One thing that is wrong or unwise.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'description', 'path'],
  properties: {
    name: {
      type: 'string',
      pattern: '^[A-Z][A-Z_]*$',
      description: 'The kind, e.g. `NAME_COLLISION_ERROR`.',
    },
    description: { type: 'string', description: 'One sentence: where, what was found, what is allowed.' },
    path: {
      type: 'string',
      description: 'Where in the document, e.g. `job.interface.inputs.files[0].name`; empty for the whole.',
    },
  },
} as const;

/** What `seed validate --format json` prints; Scale's shape, with the path added. */
export const validationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:validation',
  title: 'Validation',
  description: 'Whether a document is valid, and everything that was found in it.',
  type: 'object',
  additionalProperties: false,
  required: ['is_valid', 'errors', 'warnings'],
  properties: {
    is_valid: { type: 'boolean', description: 'True when there are no errors; warnings do not count.' },
    errors: { type: 'array', items: findingSchema, description: 'What the standard forbids.' },
    warnings: { type: 'array', items: findingSchema, description: 'What is allowed and unwise.' },
  },
} as const;

export type Finding = Readonly<FromSchema<typeof findingSchema>>;

export interface ValidationDocument {
  readonly is_valid: boolean;
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
}

export const validationValidator = makeValidator<ValidationDocument>(validationSchema, 'the validation');
