import { makeValidator } from './validator.ts';

const name = {
  type: 'string',
  minLength: 1,
  maxLength: 250,
  pattern: '\\S',
  'x-allowed': 'a name of 1 to 250 characters',
} as const;
const words = { type: 'string', maxLength: 10_000 } as const;
const priority = {
  type: 'integer',
  minimum: 1,
  maximum: 2_147_483_647,
  'x-allowed': 'a whole number from 1 on',
} as const;

/** One task, as `seed batch create` and `seed batch add --json` read it. */
export const intakeTaskSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:intake-task',
  title: 'Task',
  description: 'One recipe, or one job, that is to be made.',
  type: 'object',
  additionalProperties: false,
  properties: {
    unique_id: {
      type: 'string',
      maxLength: 500,
      'x-allowed': 'a text of at most 500 characters',
      description: 'By which it is there only once; an empty one counts as missing.',
    },
    batch: { ...name, description: 'Which batch of the file it belongs to; needed where there are several.' },
    inputs: {
      type: 'object',
      'x-allowed': 'an object of inputs by name',
      default: {},
      description:
        'By name. A file is a number, `workspace:NAME/path`, `sha256:...`, a URL or a path of this machine, or an object with `id`, `workspace` and `path`, `sha256` or `url`; an array where an input takes several. Other inputs are their values.',
    },
    settings: {
      type: 'object',
      'x-allowed': 'an object of settings by name',
      default: {},
      description: 'Values of settings, for this task.',
    },
    priority: { ...priority, description: 'Lower is sooner; default: that of its batch, or type.' },
  },
} as const;

export interface IntakeTaskDocument {
  readonly unique_id?: string;
  readonly batch?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly priority?: number;
}

export const intakeTaskValidator = makeValidator<IntakeTaskDocument>(intakeTaskSchema, 'the task');

/** What `seed batch create` reads, as YAML or JSON. */
export const intakeFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:intake-file',
  title: 'File of batches',
  description: 'Batches that are to be there, and tasks in them.',
  type: 'object',
  additionalProperties: false,
  properties: {
    project: {
      ...name,
      description: 'With what generated ids begin; default: the name of the recipe type or job type.',
    },
    recipe_type: {
      type: ['string', 'object'],
      minLength: 1,
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { ...name, description: 'Of the recipe type.' },
        revision: {
          ...priority,
          description: 'Which revision; default: that of the batches that are there, else the newest.',
        },
      },
      'x-allowed': 'the name of a recipe type, or an object with name and revision',
      description: 'What each task is: a recipe of this type. A name, or `{name, revision}`.',
    },
    job_type: {
      type: ['string', 'object'],
      minLength: 1,
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { ...name, description: 'Of the job type.' },
        version: { ...name, description: 'Which version; default: the newest that is active.' },
      },
      'x-allowed': 'NAME or NAME:VERSION of a job type, or an object with name and version',
      description: 'Or a job of this type. `NAME`, `NAME:VERSION`, or `{name, version}`.',
    },
    batches: {
      type: 'array',
      maxItems: 10_000,
      'x-allowed': 'an array of batches',
      default: [],
      description: 'Without any, tasks have no batch and are begun at once.',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        'x-allowed': 'a batch with a name',
        properties: {
          name: { ...name, description: 'By which it is found again; one of that name is used.' },
          title: { ...words, description: 'In a few words.' },
          description: { ...words, description: 'What it is for.' },
          priority: { ...priority, description: 'Of its jobs; lower is sooner.' },
        },
      },
    },
    tasks: {
      type: 'array',
      items: { type: 'object', 'x-allowed': 'a task' },
      'x-allowed': 'an array of tasks',
      default: [],
      description: 'See the table below.',
    },
  },
} as const;

export interface IntakeFileDocument {
  readonly project?: string;
  readonly recipe_type?: string | { readonly name: string; readonly revision?: number };
  readonly job_type?: string | { readonly name: string; readonly version?: string };
  readonly batches?: readonly IntakeBatchDocument[];
  readonly tasks?: readonly Readonly<Record<string, unknown>>[];
}

export interface IntakeBatchDocument {
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly priority?: number;
}

export const intakeFileValidator = makeValidator<IntakeFileDocument>(intakeFileSchema, 'the file');
