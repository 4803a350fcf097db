import { makeValidator } from '../validator.ts';

/** Values that Postgres keeps in an `integer`. */
const largestInteger = 2_147_483_647;

const members = {
  icon_code: {
    type: ['string', 'null'],
    maxLength: 20,
    'x-allowed': 'a text of at most 20 characters, or null',
  },
  is_published: { type: 'boolean' },
  is_active: { type: 'boolean' },
  is_paused: { type: 'boolean' },
  max_scheduled: {
    type: ['integer', 'null'],
    minimum: 1,
    maximum: largestInteger,
    'x-allowed': 'a whole number from 1, or null for no limit',
  },
  docker_image: { type: 'string', minLength: 1, maxLength: 1000, 'x-allowed': 'the name of an image' },
  manifest: { type: 'object', 'x-allowed': 'a Seed manifest' },
  configuration: { type: 'object', 'x-allowed': 'a job type configuration' },
  auto_update: { type: 'boolean', description: 'Of Scale: whether recipes follow.' },
} as const;

/** Body of `POST job-types/`. Without a manifest, the one in the label of the image counts. */
export const jobTypePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-post',
  title: 'New job type',
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
  type: 'object',
  additionalProperties: false,
  properties: members,
} as const;

/** Body of `POST job-types/validation/`. Scale's clients send what they would post. */
export const jobTypeValidationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:job-type-validation-post',
  title: 'Job type to be judged',
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
