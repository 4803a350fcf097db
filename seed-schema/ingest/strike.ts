import { makeValidator } from '../validator.ts';
import { commonSchema, configurationGiven, newNameSchema, shownSchema, suffixSchema } from './parts.ts';
import type { StrikeConfiguration, StrikePatch, StrikePost } from './types.ts';

const directoryMonitor = {
  title: 'Monitor of a directory',
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: { type: { type: 'string', const: 'dir-watcher' }, transfer_suffix: suffixSchema },
} as const;

const key = { type: 'string', minLength: 1, maxLength: 500 } as const;

const s3Monitor = {
  title: 'Monitor of a bucket',
  type: 'object',
  additionalProperties: false,
  required: ['type'],
  properties: {
    type: { type: 'string', const: 's3' },
    sqs_name: {
      type: 'string',
      minLength: 1,
      maxLength: 1000,
      description:
        'Queue of its notifications, by name or address. Left out: the bucket is listed again and again.',
    },
    region_name: { type: 'string', minLength: 1, maxLength: 100, description: 'Of the queue.' },
    endpoint_url: {
      type: 'string',
      minLength: 1,
      maxLength: 1000,
      description: 'Of another service than Amazon’s.',
    },
    credentials: {
      type: 'object',
      additionalProperties: false,
      required: ['access_key_id', 'secret_access_key'],
      properties: { access_key_id: key, secret_access_key: key },
      description: 'For the queue; left out: those of the workspace. Never shown again.',
    },
  },
} as const;

/** `configuration` of a strike: Scale's, with `recipe.input`, `duplicates` and `footprint` besides. */
export const strikeConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:strike-configuration',
  title: 'Configuration of a strike',
  description: 'Where it watches, how, and what becomes of the files that arrive.',
  type: 'object',
  additionalProperties: false,
  required: ['workspace', 'monitor', 'files_to_ingest'],
  properties: {
    ...commonSchema,
    monitor: {
      title: 'Monitor',
      type: 'object',
      required: ['type'],
      discriminator: { propertyName: 'type' },
      oneOf: [directoryMonitor, s3Monitor],
      'x-allowed': '"dir-watcher" or "s3"',
      description: 'How it watches: `dir-watcher` a directory (host, nfs), `s3` a bucket.',
    },
  },
} as const;

const shown = {
  ...shownSchema,
  is_active: { type: 'boolean', description: 'false: it watches no longer.' },
  configuration: { ...configurationGiven, description: 'As `urn:seedbed:strike-configuration` says.' },
} as const;

/** Body of `POST strikes/` and `POST strikes/validation/`. */
export const strikePostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:strike-post',
  title: 'New strike',
  description: 'Watches a workspace and ingests what arrives there.',
  type: 'object',
  additionalProperties: false,
  required: ['title', 'configuration'],
  properties: { name: newNameSchema, ...shown },
} as const;

/** Body of `PATCH strikes/{id}/`. */
export const strikePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:strike-patch',
  title: 'Change of a strike',
  description: 'What changes a strike; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: shown,
} as const;

export const strikeConfigurationValidator = makeValidator<StrikeConfiguration>(
  strikeConfigurationSchema,
  'the configuration',
);
export const strikePostValidator = makeValidator<StrikePost>(strikePostSchema, 'the strike');
export const strikePatchValidator = makeValidator<StrikePatch>(strikePatchSchema, 'the change');
