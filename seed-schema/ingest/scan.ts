import { makeValidator } from '../validator.ts';
import { commonSchema, configurationGiven, newNameSchema, shownSchema, suffixSchema } from './parts.ts';
import type { ScanConfiguration, ScanPatch, ScanPost, ScanProcess } from './types.ts';

/** `configuration` of a scan: Scale's, with `recipe.input`, `duplicates` and `footprint` besides. */
export const scanConfigurationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:scan-configuration',
  title: 'Configuration of a scan',
  description: 'Where it looks, how, and what becomes of the files that are there.',
  type: 'object',
  additionalProperties: false,
  required: ['workspace', 'scanner', 'files_to_ingest'],
  properties: {
    ...commonSchema,
    scanner: {
      type: 'object',
      additionalProperties: false,
      required: ['type'],
      properties: {
        type: {
          type: 'string',
          enum: ['dir', 's3'],
          description: '`dir`: a directory (host, nfs); `s3`: a bucket.',
        },
        transfer_suffix: suffixSchema,
      },
      'x-allowed': 'an object with type',
      description: 'How it looks.',
    },
    recursive: { type: 'boolean', default: true, description: 'false: only what lies at the top.' },
  },
} as const;

const shown = {
  ...shownSchema,
  configuration: { ...configurationGiven, description: 'As `urn:seedbed:scan-configuration` says.' },
} as const;

/** Body of `POST scans/` and `POST scans/validation/`. */
export const scanPostSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:scan-post',
  title: 'New scan',
  description: 'Goes through a workspace once.',
  type: 'object',
  additionalProperties: false,
  required: ['title', 'configuration'],
  properties: { name: newNameSchema, ...shown },
} as const;

/** Body of `PATCH scans/{id}/`. */
export const scanPatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:scan-patch',
  title: 'Change of a scan',
  description: 'What changes a scan; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: shown,
} as const;

/** Body of `POST scans/{id}/process/`. */
export const scanProcessSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:scan-process',
  title: 'Start of a scan',
  description: 'Whether a scan only reports, or ingests.',
  type: 'object',
  additionalProperties: false,
  properties: {
    ingest: { type: 'boolean', default: false, description: 'true: files are ingested; false: a dry run.' },
  },
} as const;

export const scanConfigurationValidator = makeValidator<ScanConfiguration>(
  scanConfigurationSchema,
  'the configuration',
);
export const scanPostValidator = makeValidator<ScanPost>(scanPostSchema, 'the scan');
export const scanPatchValidator = makeValidator<ScanPatch>(scanPatchSchema, 'the change');
export const scanProcessValidator = makeValidator<ScanProcess>(scanProcessSchema, 'the start');
