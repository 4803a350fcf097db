import { makeValidator } from '../validator.ts';

/** Values that Postgres keeps in an `integer`. */
const largestInteger = 2_147_483_647;

const members = {
  docker_image: {
    type: 'string',
    minLength: 1,
    maxLength: 1000,
    'x-allowed': 'the name of an image',
    description: 'What runs.',
  },
  manifest: {
    type: 'object',
    'x-allowed': 'a Seed manifest',
    description: 'The Seed manifest; left out in a new job type, that in the label of the image counts.',
  },
  configuration: {
    type: 'object',
    'x-allowed': 'a job type configuration',
    description: 'How its jobs run, see docs/job-types.md; replaces the one before.',
  },
  is_active: { type: 'boolean', description: 'false: it takes no new jobs.' },
  is_paused: { type: 'boolean', description: 'true: jobs are queued, and none is started.' },
  max_scheduled: {
    type: ['integer', 'null'],
    minimum: 1,
    maximum: largestInteger,
    'x-allowed': 'a whole number from 1, or null for no limit',
    description: 'Jobs that may run at once; null: no limit.',
  },
  reuse: {
    type: 'boolean',
    description: 'Whether its jobs take what an earlier execution of the same identity made; default false.',
  },
  icon_code: {
    type: ['string', 'null'],
    maxLength: 20,
    'x-allowed': 'a text of at most 20 characters, or null',
    description: 'Of Font Awesome, for user interfaces.',
  },
  is_published: { type: 'boolean', description: 'For user interfaces.' },
  auto_update: {
    type: 'boolean',
    description: 'true: recipe types that name it get new revisions that name its new one; default false.',
  },
} as const;

/** Body of `POST job-types/`. Without a manifest, the one in the label of the image counts. */
export const jobTypePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-post',
  title: 'New job type',
  description: 'What registers a job type, or changes the one of that name and version.',
  type: 'object',
  additionalProperties: false,
  required: ['docker_image'],
  properties: members,
} as const;

/** Body of `PATCH job-types/{name}/{version}/`. */
export const jobTypePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-patch',
  title: 'Change of a job type',
  description: 'What changes a job type; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: members,
} as const;

/** Body of `POST job-types/validation/`. Scale's clients send what they would post. */
export const jobTypeValidationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-validation-post',
  title: 'Job type to be judged',
  description: 'What would be registered; only manifest and configuration are judged.',
  type: 'object',
  additionalProperties: false,
  required: ['manifest'],
  properties: members,
} as const;

export interface JobTypePatch {
  readonly icon_code?: string | null;
  readonly is_published?: boolean;
  readonly is_active?: boolean;
  readonly is_paused?: boolean;
  readonly max_scheduled?: number | null;
  readonly reuse?: boolean;
  readonly docker_image?: string;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly auto_update?: boolean;
}

export type JobTypePost = JobTypePatch & { readonly docker_image: string };
export type JobTypeToJudge = JobTypePatch & { readonly manifest: Readonly<Record<string, unknown>> };

export const jobTypePostValidator = makeValidator<JobTypePost>(jobTypePostSchema, 'the job type');
export const jobTypePatchValidator = makeValidator<JobTypePatch>(jobTypePatchSchema, 'the change');
export const jobTypeToJudgeValidator = makeValidator<JobTypeToJudge>(jobTypeValidationSchema, 'the job type');
