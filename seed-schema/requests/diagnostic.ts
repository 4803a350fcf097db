import { makeValidator } from '../validator.ts';

/** Body of `POST diagnostics/job/{kind}/`. */
export const diagnosticPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:diagnostic-post',
  title: 'Diagnostic jobs',
  description: 'How many jobs of one kind are to be run.',
  type: 'object',
  additionalProperties: false,
  required: ['num'],
  properties: {
    num: {
      type: 'integer',
      minimum: 1,
      maximum: 10_000,
      'x-allowed': 'a whole number from 1 to 10000',
      description: 'How many jobs are queued.',
    },
  },
} as const;

/** Body of `POST diagnostics/recipe/casino/`. */
export const recipeDiagnosticPostSchema = {
  ...diagnosticPostSchema,
  $id: 'urn:seedbed:recipe-diagnostic-post',
  title: 'Diagnostic recipes',
  description: 'How many recipes are to be run.',
  properties: {
    num: {
      ...diagnosticPostSchema.properties.num,
      maximum: 1000,
      'x-allowed': 'a whole number from 1 to 1000',
      description: 'How many recipes are begun.',
    },
  },
} as const;

export interface DiagnosticPost {
  readonly num: number;
}

export const diagnosticPostValidator = makeValidator<DiagnosticPost>(diagnosticPostSchema, 'the request');
export const recipeDiagnosticPostValidator = makeValidator<DiagnosticPost>(
  recipeDiagnosticPostSchema,
  'the request',
);
