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

export interface DiagnosticPost {
  readonly num: number;
}

export const diagnosticPostValidator = makeValidator<DiagnosticPost>(diagnosticPostSchema, 'the request');
