import { makeValidator } from '../validator.ts';

/** What a job is given, in Scale's shape. */
export const jobInputSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-input',
  title: 'Job input',
  description: 'The files and values that a job is given, by the names of its inputs.',
  type: 'object',
  additionalProperties: false,
  properties: {
    version: {
      type: 'string',
      enum: ['6', '7'],
      description: 'Of this shape; "6" and "7" are the same.',
    },
    files: {
      type: 'object',
      additionalProperties: {
        type: 'array',
        items: { type: 'integer', minimum: 1, 'x-allowed': 'the id of a file' },
        'x-allowed': 'an array of ids of files',
      },
      'x-allowed': 'an object of arrays of ids by input',
      description: 'Ids of `scale_file` by file input, in the order in which the job gets them.',
    },
    json: {
      type: 'object',
      additionalProperties: true,
      'x-allowed': 'an object of values by input',
      description: 'Values by JSON input, each of the type that the manifest declares.',
    },
  },
} as const;

/** See `jobInputSchema` for each member. */
export interface JobInput {
  readonly version?: '6' | '7';
  readonly files?: Readonly<Record<string, readonly number[]>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

export const jobInputValidator = makeValidator<JobInput>(jobInputSchema, 'the input');
