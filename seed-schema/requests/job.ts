import { makeValidator } from '../validator.ts';

const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, 'x-allowed': 'an id' } as const;
const ids = { type: 'array', maxItems: 100_000, items: id, 'x-allowed': 'an array of ids' } as const;
const texts = {
  type: 'array',
  maxItems: 1000,
  items: { type: 'string', maxLength: 1000 },
  'x-allowed': 'an array of texts',
} as const;
const time = { type: 'string', format: 'date-time', 'x-allowed': 'a time with its offset' } as const;
const jobTypeKey = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'version'],
  properties: { name: { type: 'string' }, version: { type: 'string' } },
} as const;

/** Body of `POST jobs/`. The type is given by its id, or by name and version. */
export const jobPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-post',
  title: 'New job',
  description: 'What is to be run, and on what.',
  type: 'object',
  additionalProperties: false,
  required: ['input'],
  properties: {
    job_type_id: { ...id, description: 'The job type by its id.' },
    job_type: { ...jobTypeKey, description: 'The job type by name and version, instead.' },
    input: {
      type: 'object',
      'x-allowed': 'an object with files and json',
      description: 'Files and values by input, see docs/job-types.md.',
    },
    reuse: {
      type: 'boolean',
      description: 'Whether what an earlier execution made may be taken; the same as in the configuration.',
    },
    configuration: {
      type: 'object',
      'x-allowed': 'a configuration',
      description: 'Of this job, over that of its type.',
    },
  },
} as const;

export interface JobTypeKey {
  readonly name: string;
  readonly version: string;
}

export interface JobPost {
  readonly job_type_id?: number;
  readonly job_type?: JobTypeKey;
  readonly input: Readonly<Record<string, unknown>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly reuse?: boolean;
}

const statuses = ['PENDING', 'BLOCKED', 'QUEUED', 'RUNNING', 'FAILED', 'COMPLETED', 'CANCELED'] as const;
const status = { type: 'string', enum: statuses } as const;

const filter = {
  started: { ...time, description: 'Last change of status not before then.' },
  ended: { ...time, description: 'Last change of status not after then.' },
  status: {
    type: ['string', 'array'],
    if: { type: 'string' },
    then: status,
    else: { type: 'array', items: status },
    'x-allowed': 'a status of a job, or an array of them',
    description: 'One status, or several.',
  },
  job_ids: { ...ids, description: 'Ids of jobs.' },
  job_type_ids: { ...ids, description: 'Ids of job types.' },
  job_types: {
    type: 'array',
    maxItems: 1000,
    items: jobTypeKey,
    'x-allowed': 'an array of names and versions',
    description: 'Job types by name and version.',
  },
  job_type_names: { ...texts, description: 'Names of job types, all versions.' },
  batch_ids: { ...ids, description: 'Ids of batches.' },
  recipe_ids: { ...ids, description: 'Ids of recipes.' },
  error_categories: {
    type: 'array',
    items: { type: 'string', enum: ['SYSTEM', 'DATA', 'ALGORITHM'] },
    'x-allowed': 'an array of SYSTEM, DATA and ALGORITHM',
    description: 'Categories of their errors.',
  },
  error_ids: { ...ids, description: 'Ids of errors, see `errors/`; 2004 is SB2004.' },
  error_names: { ...texts, description: 'Errors by name, those of manifests too.' },
  is_superseded: { type: 'boolean', description: 'Only false: superseded jobs are not changed.' },
} as const;

/** Body of `POST jobs/cancel/`. */
export const jobCancelSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-cancel',
  title: 'Jobs to be canceled',
  description: 'Which jobs are to be canceled; every member given must hold, and at least one must be given.',
  type: 'object',
  additionalProperties: false,
  properties: filter,
} as const;

/** Body of `POST jobs/requeue/`. */
export const jobRequeueSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-requeue',
  title: 'Jobs to be queued again',
  description:
    'Which jobs are to be queued again; every member given must hold, and at least one must be given.',
  type: 'object',
  additionalProperties: false,
  properties: {
    ...filter,
    priority: {
      type: 'integer',
      minimum: 1,
      maximum: 2_147_483_647,
      'x-allowed': 'a whole number from 1',
      description: 'Their priority from now on, lower first; left out, as before.',
    },
  },
} as const;

/** See `jobRequeueSchema`. */
export interface JobFilterDocument {
  readonly started?: string;
  readonly ended?: string;
  readonly status?: string | readonly string[];
  readonly job_ids?: readonly number[];
  readonly job_type_ids?: readonly number[];
  readonly job_types?: readonly JobTypeKey[];
  readonly job_type_names?: readonly string[];
  readonly batch_ids?: readonly number[];
  readonly recipe_ids?: readonly number[];
  readonly error_categories?: readonly string[];
  readonly error_ids?: readonly number[];
  readonly error_names?: readonly string[];
  readonly is_superseded?: boolean;
  readonly priority?: number;
}

export const jobPostValidator = makeValidator<JobPost>(jobPostSchema, 'the job');
export const jobCancelValidator = makeValidator<JobFilterDocument>(jobCancelSchema, 'the filter');
export const jobRequeueValidator = makeValidator<JobFilterDocument>(jobRequeueSchema, 'the filter');
