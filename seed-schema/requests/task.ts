import { makeValidator } from '../validator.ts';

const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, 'x-allowed': 'an id' } as const;
const text = { type: 'string', minLength: 1, maxLength: 4000 } as const;

/** How a file is named: its id, or where it is, or what it holds. Which members go together is judged with the task. */
const fileReference = {
  type: ['integer', 'object'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  additionalProperties: false,
  properties: {
    id,
    workspace: text,
    path: text,
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', 'x-allowed': '64 hexadecimal digits' },
    url: text,
    file_name: text,
  },
  'x-allowed':
    'a file: an id, {id}, {workspace, path}, {sha256} or {url}; in a dry run also {file_name}, which is to be sent before',
} as const;

const batch = {
  type: ['integer', 'string'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
  minLength: 1,
  maxLength: 250,
  'x-allowed': 'the id or the name of a batch',
} as const;

/** Body of `POST tasks/`. */
export const taskPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:task-post',
  title: 'New task',
  description:
    'One recipe or job that is to be run: in a batch as soon as that is finalized, by itself at once.',
  type: 'object',
  additionalProperties: false,
  required: ['input'],
  properties: {
    batch: { ...batch, description: 'A batch that is STAGING; left out, the task is begun at once.' },
    unique_id: {
      type: 'string',
      minLength: 1,
      maxLength: 500,
      'x-allowed': 'a text of at most 500 characters',
      description: 'No two tasks have the same: who is not sure whether it was sent may send it again.',
    },
    recipe_type: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: text,
        revision_num: {
          type: 'integer',
          minimum: 1,
          maximum: 2_147_483_647,
          'x-allowed': 'the number of a revision',
        },
      },
      description: 'What is run; left out, it is that of the batch.',
    },
    job_type: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version'],
      properties: { name: text, version: text },
      description: 'What is run, instead.',
    },
    input: {
      type: 'object',
      additionalProperties: false,
      properties: {
        version: { type: 'string', enum: ['6', '7'] },
        files: {
          type: 'object',
          additionalProperties: {
            type: 'array',
            maxItems: 10_000,
            items: fileReference,
            'x-allowed': 'an array of files',
          },
          'x-allowed': 'an object of arrays of files by input',
        },
        json: {
          type: 'object',
          additionalProperties: true,
          'x-allowed': 'an object of values by input',
        },
      },
      'x-allowed': 'an object with files and json',
      description: 'Files and values by input: `{"files": {"SCENE": [{"sha256": "..."}]}, "json": {}}`.',
    },
    configuration: {
      type: 'object',
      'x-allowed': 'a configuration',
      description: 'Of its jobs, over that of their types; without secrets.',
    },
    priority: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      'x-allowed': 'a whole number, 1 or more',
      description: 'Over that of the configuration and of the batch; lower ones come first.',
    },
  },
} as const;

/** Tasks of one request. */
export const mostTasks = 1000;

/** Body of `POST tasks/bulk/`. */
export const taskBulkPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:task-bulk-post',
  title: 'New tasks',
  description: 'Many tasks, each of which is taken or refused by itself.',
  type: 'object',
  additionalProperties: false,
  required: ['tasks'],
  properties: {
    batch: { ...batch, description: 'Of those that name none.' },
    tasks: {
      type: 'array',
      minItems: 1,
      maxItems: mostTasks,
      items: { type: 'object' },
      'x-allowed': `an array of 1 to ${mostTasks} tasks`,
      description: 'Each as for `POST tasks/`.',
    },
  },
} as const;

/** A file as a task names it: by its id, or by one of `id`, `workspace` with `path`, `sha256` and `url`. */
export type FileReference =
  | number
  | {
      readonly id?: number;
      readonly workspace?: string;
      /** Inside the workspace. */
      readonly path?: string;
      /** Hexadecimal. */
      readonly sha256?: string;
      /** Of a file in the catalogue: `s3://BUCKET/KEY`, or below the `base_url` of its workspace. */
      readonly url?: string;
      /** Of a file that is to be sent before the task; only in a dry run. */
      readonly file_name?: string;
    };

/** See `taskPostSchema` for each member. */
export interface TaskPost {
  readonly batch?: number | string;
  readonly unique_id?: string;
  readonly recipe_type?: { readonly name: string; readonly revision_num?: number };
  readonly job_type?: { readonly name: string; readonly version: string };
  readonly input: {
    readonly version?: '6' | '7';
    readonly files?: Readonly<Record<string, readonly FileReference[]>>;
    readonly json?: Readonly<Record<string, unknown>>;
  };
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly priority?: number;
}

export interface TaskBulkPost {
  readonly batch?: number | string;
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
}

export const taskPostValidator = makeValidator<TaskPost>(taskPostSchema, 'the task');
export const taskBulkPostValidator = makeValidator<TaskBulkPost>(taskBulkPostSchema, 'the bulk');
