import { makeValidator } from '../validator.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';

const changeable = {
  keep_days: {
    type: ['integer', 'null'],
    minimum: 0,
    maximum: 36_500,
    'x-allowed': 'a whole number of days, or null',
    description: 'Days that a file is kept after it was catalogued; null (the default): for ever.',
  },
  keep_superseded: {
    type: 'boolean',
    description:
      'false: a file that another one superseded goes at once; true (the default): with the others.',
  },
  description: {
    type: ['string', 'null'],
    maxLength: 1000,
    'x-allowed': 'a text of at most 1000 characters, or null',
    description: 'For people.',
  },
  is_active: { type: 'boolean', description: 'false: it decides nothing.' },
} as const;

const properties = {
  workspace: {
    anyOf: [
      { type: 'string', minLength: 1, maxLength: 50 },
      { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    ],
    'x-allowed': 'the name or id of a workspace',
    description: 'Name or id of the workspace whose files it is about.',
  },
  data_type: {
    type: ['string', 'null'],
    minLength: 1,
    maxLength: 200,
    'x-allowed': 'a tag, or null',
    description: 'Files with this tag; null (the default): those that no rule with a tag is for.',
  },
  ...changeable,
} as const;

/** Body of `POST retention-rules/`. */
export const retentionRulePostSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:retention-rule-post',
  title: 'New retention rule',
  description: 'What a workspace keeps for how long.',
  type: 'object',
  additionalProperties: false,
  required: ['workspace'],
  properties,
} as const;

/** Body of `PATCH retention-rules/{id}/`. */
export const retentionRulePatchSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:retention-rule-patch',
  title: 'Change of a retention rule',
  description: 'What changes a retention rule; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: changeable,
} as const;

/** Body of `POST retention-rules/dry-run/`. */
export const retentionDryRunSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:retention-dry-run',
  title: 'Rule that is only thought of',
  description:
    'Takes the place of the rule for the same files, or stands beside all; empty: the rules as they are.',
  type: 'object',
  additionalProperties: false,
  properties,
} as const;

/** Body of `POST files/purge-source/`, as Scale's, and one member more. */
export const purgePostSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:purge-post',
  title: 'Source to be purged',
  description: 'A source that is to go with all that came of it.',
  type: 'object',
  required: ['file_id'],
  properties: {
    file_id: { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Of the source.' },
    delete_content: {
      type: 'boolean',
      description:
        'true: its own content goes, too; default: only that of its products, and of a source that lies in the workspace of the service itself.',
    },
  },
} as const;

/** Body of `PUT files/{id}/hold/`. */
export const holdPutSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:hold-put',
  title: 'Hold of a file',
  description: 'That a file is not to be removed.',
  type: 'object',
  additionalProperties: false,
  required: ['reason'],
  properties: { reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Why, for people.' } },
} as const;

export interface RetentionRulePatch {
  readonly keep_days?: number | null;
  readonly keep_superseded?: boolean;
  readonly description?: string | null;
  readonly is_active?: boolean;
}

export interface RetentionRulePost extends RetentionRulePatch {
  readonly workspace: number | string;
  readonly data_type?: string | null;
}

export type RetentionDryRun = Partial<RetentionRulePost>;

export interface PurgePost {
  readonly file_id: number;
  readonly delete_content?: boolean;
}

export interface HoldPut {
  readonly reason: string;
}

export const retentionRulePostValidator = makeValidator<RetentionRulePost>(
  retentionRulePostSchema,
  'the rule',
);
export const retentionRulePatchValidator = makeValidator<RetentionRulePatch>(
  retentionRulePatchSchema,
  'the change',
);
export const retentionDryRunValidator = makeValidator<RetentionDryRun>(retentionDryRunSchema, 'the rule');
export const purgePostValidator = makeValidator<PurgePost>(purgePostSchema, 'the request');
export const holdPutValidator = makeValidator<HoldPut>(holdPutSchema, 'the hold');
