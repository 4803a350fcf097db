import { makeValidator } from '../validator.ts';

const properties = {
  url: {
    type: 'string',
    maxLength: 2000,
    pattern: '^https?://[^\\s@]+$',
    'x-allowed': 'an address that begins with https:// or http://, without a login',
    description: 'Where messages are posted to.',
  },
  secret: {
    type: 'string',
    minLength: 16,
    maxLength: 200,
    pattern: '^(whsec_[A-Za-z0-9+/]{22,}={0,2}|(?!whsec_)[\\x21-\\x7e]+)$',
    'x-allowed': '16 to 200 printable ASCII characters, or whsec_ and a key in base64',
    description: 'What messages are signed with. Kept encrypted, and never shown.',
  },
  description: {
    type: ['string', 'null'],
    maxLength: 1000,
    'x-allowed': 'a text of at most 1000 characters, or null',
    description: 'For people.',
  },
  events: {
    type: 'array',
    minItems: 1,
    uniqueItems: true,
    items: { type: 'string', enum: ['job.completed', 'job.failed', 'job.canceled'] },
    'x-allowed': 'a list of job.completed, job.failed and job.canceled',
    description: 'Which ends of jobs are told.',
  },
  job_type_ids: {
    type: 'array',
    maxItems: 1000,
    items: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    description: 'Jobs of these job types only, or of those of job_type_names; both empty: of all.',
  },
  job_type_names: {
    type: 'array',
    maxItems: 1000,
    items: { type: 'string', maxLength: 200 },
    description: 'Jobs of the job types of these names, in whatever version.',
  },
  is_active: { type: 'boolean', description: 'false: it is told nothing, also of what ends meanwhile.' },
} as const;

/** Body of `POST webhooks/`. */
export const webhookPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:webhook-post',
  title: 'New webhook',
  description: 'Somebody who is told when jobs end.',
  type: 'object',
  additionalProperties: false,
  required: ['url', 'secret', 'events'],
  properties,
} as const;

/** Body of `PATCH webhooks/{id}/`. */
export const webhookPatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:webhook-patch',
  title: 'Change of a webhook',
  description: 'What changes a webhook; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties,
} as const;

export interface WebhookPatch {
  readonly url?: string;
  readonly secret?: string;
  readonly description?: string | null;
  readonly events?: readonly string[];
  readonly job_type_ids?: readonly number[];
  readonly job_type_names?: readonly string[];
  readonly is_active?: boolean;
}

export type WebhookPost = WebhookPatch & Required<Pick<WebhookPatch, 'url' | 'secret' | 'events'>>;

export const webhookPostValidator = makeValidator<WebhookPost>(webhookPostSchema, 'the webhook');
export const webhookPatchValidator = makeValidator<WebhookPatch>(webhookPatchSchema, 'the change');
