import type { FromSchema } from 'json-schema-to-ts';
import { fileReferences, fileSchema, timeSchema, type FileDocument } from './file.ts';
import { makeValidator } from './validator.ts';
import { warningSchema } from './warning.ts';

const error = {
  title: 'Error',
  description: 'Why the job did not complete.',
  type: ['object', 'null'],
  additionalProperties: false,
  required: ['name', 'title', 'category', 'message', 'code'],
  properties: {
    name: { type: 'string', description: "The manifest's name for the exit code, or one of docs/errors.md." },
    title: { type: 'string', description: 'A few words for people.' },
    category: {
      type: 'string',
      enum: ['data', 'job', 'system'],
      description: "Whose fault: the input's, the algorithm's, the machinery's.",
    },
    message: { type: 'string', description: 'One sentence: what went wrong, and what to do.' },
    code: { type: 'string', pattern: '^SB[0-9]{4}$', description: 'Searchable code of docs/errors.md.' },
  },
} as const;

const filesAndJson = {
  type: 'object',
  additionalProperties: false,
  required: ['files', 'json'],
  properties: {
    files: { type: 'object', additionalProperties: { type: 'array', items: fileSchema } },
    json: { type: 'object', additionalProperties: true },
  },
} as const;

const step = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'ms'],
  properties: { name: { type: 'string' }, ms: { type: 'number', minimum: 0 } },
} as const;

const logPath = { type: ['string', 'null'] } as const;

/** What `seed-run --format json` prints, in every case: a rejection too. */
export const resultSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:result',
  title: 'Result',
  description: 'How one execution of a job went, and what it left.',
  type: 'object',
  additionalProperties: false,
  required: [
    'status',
    'exit_code',
    'error',
    'image',
    'resources',
    'inputs',
    'outputs',
    'logs',
    'warnings',
    'started',
    'ended',
    'steps',
  ],
  properties: {
    status: {
      type: 'string',
      enum: ['completed', 'failed', 'rejected'],
      description: '`rejected`: no container was started.',
    },
    exit_code: {
      type: ['integer', 'null'],
      description: "The container's exit code; null when it has none.",
    },
    error,
    image: { type: ['string', 'null'], description: 'Image that ran; null when none was found or built.' },
    resources: {
      type: 'object',
      additionalProperties: { type: 'number' },
      description: 'What the job was allotted, by name: cores for cpus, MiB for mem, disk and sharedMem.',
    },
    inputs: { ...filesAndJson, description: 'Files and JSON values given, by the names of the manifest.' },
    outputs: {
      ...filesAndJson,
      description: 'Products and JSON values captured, by the names of the manifest.',
    },
    reused: {
      type: 'object',
      additionalProperties: false,
      required: ['job', 'execution'],
      properties: { job: { type: 'integer' }, execution: { type: 'integer' } },
      description: 'Whose outputs these are: no container was started. Absent where it was run.',
    },
    logs: {
      type: 'object',
      additionalProperties: false,
      required: ['stdout', 'stderr'],
      properties: { stdout: logPath, stderr: logPath },
      description:
        "Absolute paths of the job's standard output and error, or their addresses with a service; null when it did not run.",
    },
    warnings: {
      type: 'array',
      items: warningSchema,
      description: 'What was unwise or unexpected, and did no harm.',
    },
    started: { ...timeSchema, description: 'When the command began.' },
    ended: { ...timeSchema, description: 'When it ended.' },
    steps: { type: 'array', items: step, description: 'What the time went into, in order; milliseconds.' },
  },
} as const;

interface FilesAndJson {
  files: Record<string, FileDocument[]>;
  json: Record<string, unknown>;
}

/** See `resultSchema` for each member. */
export type ResultDocument = Omit<FromSchema<typeof resultSchema>, 'inputs' | 'outputs'> & {
  inputs: FilesAndJson;
  outputs: FilesAndJson;
};

export const resultValidator = makeValidator<ResultDocument>(resultSchema, 'the result', fileReferences);
