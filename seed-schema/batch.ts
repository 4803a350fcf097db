import { fileReferences, timeSchema, type FileDocument } from './file.ts';
import { resultSchema, type ResultDocument } from './result.ts';
import { makeValidator } from './validator.ts';

const result = resultSchema.properties;
const timeOrNull = { type: ['string', 'null'], format: 'date-time' } as const;
const count = { type: 'integer', minimum: 0 } as const;

/** How one row of a batch went. */
export const batchRowSchema = {
  $id: 'urn:seedbed:batch-row',
  title: 'Batch row',
  description: 'How one row of a batch went.',
  type: 'object',
  additionalProperties: false,
  required: [
    'row',
    'line',
    'directory',
    'status',
    'exit_code',
    'error',
    'column',
    'given',
    'inputs',
    'outputs',
    'logs',
    'warnings',
    'job',
    'started',
    'ended',
  ],
  properties: {
    row: {
      type: 'integer',
      minimum: 1,
      description: 'The first row, or file, is 1; blank lines of a CSV file count.',
    },
    line: {
      type: ['integer', 'null'],
      minimum: 1,
      description: 'Where it begins in the CSV file; null for a file of a directory.',
    },
    directory: {
      type: ['string', 'null'],
      description: 'Absolute path of its products; null where it left none.',
    },
    status: result.status,
    exit_code: result.exit_code,
    error: { ...result.error, description: 'Why it did not complete, as in a result.' },
    column: {
      type: ['string', 'null'],
      description: 'The input that is to blame where the row was rejected.',
    },
    given: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
      description: 'What the row says, by the names of the inputs.',
    },
    inputs: result.inputs,
    outputs: result.outputs,
    logs: result.logs,
    warnings: result.warnings,
    job: { type: ['integer', 'null'], description: 'Number of the job; null when there was none.' },
    started: { ...timeOrNull, description: 'When it began to run; null when it did not.' },
    ended: { ...timeOrNull, description: 'When it ended.' },
  },
} as const;

/** See `batchRowSchema` for each member. */
export interface BatchRowDocument extends Pick<
  ResultDocument,
  'status' | 'exit_code' | 'error' | 'logs' | 'warnings'
> {
  row: number;
  line: number | null;
  directory: string | null;
  column: string | null;
  given: Record<string, string[]>;
  inputs: { files: Record<string, FileDocument[]>; json: Record<string, unknown> };
  outputs: { files: Record<string, FileDocument[]>; json: Record<string, unknown> };
  job: number | null;
  started: string | null;
  ended: string | null;
}

/** What `seed batch` writes to results.json, and prints with `--format json`. */
export const batchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:batch',
  title: 'Batch',
  description: 'How the rows of a batch went.',
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'error',
    'image',
    'output_directory',
    'total',
    'completed',
    'failed',
    'rejected',
    'not_run',
    'warnings',
    'started',
    'ended',
    'rows',
  ],
  properties: {
    status: {
      type: 'string',
      enum: ['completed', 'failed', 'rejected'],
      description: '`completed`: every row is. `rejected`: no row was looked at.',
    },
    error: { ...result.error, description: 'What ended the batch before its last row; null: nothing did.' },
    image: { type: ['string', 'null'], description: 'Image that ran; null when none was found or built.' },
    output_directory: {
      type: ['string', 'null'],
      description: 'Absolute path of the directory that holds the directories of the rows.',
    },
    total: { ...count, description: 'Rows, or files.' },
    completed: { ...count, description: 'Those that completed.' },
    failed: { ...count, description: 'Those that ran and failed.' },
    rejected: { ...count, description: 'Those that could not be run.' },
    not_run: { ...count, description: 'Those that were not come to; `--resume` runs them.' },
    warnings: result.warnings,
    started: { ...timeSchema, description: 'When the batch was begun.' },
    ended: { ...timeSchema, description: 'When it ended, or was resumed and ended.' },
    rows: {
      type: 'array',
      items: { $ref: 'urn:seedbed:batch-row' },
      description: 'How each row went that has ended, in their order; see below.',
    },
  },
} as const;

/** See `batchSchema` for each member. */
export interface BatchDocument {
  status: 'completed' | 'failed' | 'rejected';
  error: ResultDocument['error'];
  image: string | null;
  output_directory: string | null;
  total: number;
  completed: number;
  failed: number;
  rejected: number;
  not_run: number;
  warnings: ResultDocument['warnings'];
  started: string;
  ended: string;
  rows: BatchRowDocument[];
}

export const batchValidator = makeValidator<BatchDocument>(batchSchema, 'the batch', [
  batchRowSchema,
  ...fileReferences,
]);
