import { makeValidator } from '../validator.ts';
import { shown } from './shown.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';
const id = { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, 'x-allowed': 'an id' } as const;

const target = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  'x-allowed': 'an object with one of scan, recipe and batch',
  description: 'What is begun.',
  properties: {
    scan: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { type: 'string', minLength: 1, maxLength: 50, description: 'Of the scan.' },
        ingest: { type: 'boolean', default: true, description: 'false: a dry run.' },
      },
      description: 'A run of a scan.',
    },
    recipe: {
      type: 'object',
      additionalProperties: false,
      required: ['recipe_type_name', 'input'],
      properties: {
        recipe_type_name: {
          type: 'string',
          minLength: 1,
          maxLength: 250,
          description: 'Of the recipe type.',
        },
        revision_num: { ...id, description: 'Which revision; left out, the newest at that time.' },
        input: {
          type: 'object',
          'x-allowed': 'an object with files and json',
          description: 'Files and values by input.',
        },
        configuration: {
          type: 'object',
          'x-allowed': 'a configuration',
          description: 'Of all its jobs, over that of their types.',
        },
      },
      description: 'A recipe, as `POST recipes/` begins it.',
    },
    batch: {
      type: 'object',
      'x-allowed': 'an object as POST batches/ takes it',
      description: 'A batch, as `POST batches/` makes it.',
    },
  },
} as const;

const changeable = {
  description: shown.description,
  cron: {
    type: 'string',
    minLength: 1,
    maxLength: 200,
    description:
      'When: five fields (minute, hour, day of the month, month, day of the week), or `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`.',
  },
  timezone: {
    type: 'string',
    minLength: 1,
    maxLength: 100,
    default: 'UTC',
    description: 'In which the fields are read, by its IANA name, e.g. `Europe/Berlin`.',
  },
  missed: {
    type: 'string',
    enum: ['skip', 'once', 'all'],
    default: 'once',
    description:
      'What becomes of times at which no service ran: none of them is made up for, one for all, or each.',
  },
  target,
  is_paused: { type: 'boolean', default: false, description: 'true: nothing is begun.' },
} as const;

/** Body of `POST schedules/`. */
export const schedulePostSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:schedule-post',
  title: 'New schedule',
  description: 'What is begun again and again, and when.',
  type: 'object',
  additionalProperties: false,
  required: ['name', 'cron', 'target'],
  properties: {
    name: {
      type: 'string',
      minLength: 1,
      maxLength: 50,
      pattern: '^[^\\u0000-\\u001f/]+$',
      'x-allowed': 'a text of 1 to 50 characters without slashes',
      description: 'Unique.',
    },
    ...changeable,
  },
} as const;

/** Body of `PATCH schedules/{id}/`. */
export const schedulePatchSchema = {
  $schema: draft07,
  $id: 'urn:seedbed:schedule-patch',
  title: 'Change of a schedule',
  description: 'What changes a schedule; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: changeable,
} as const;

export interface ScanTarget {
  readonly name: string;
  readonly ingest?: boolean;
}

export interface RecipeTarget {
  readonly recipe_type_name: string;
  readonly revision_num?: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly configuration?: Readonly<Record<string, unknown>>;
}

/** One of them. */
export interface ScheduleTarget {
  readonly scan?: ScanTarget;
  readonly recipe?: RecipeTarget;
  readonly batch?: Readonly<Record<string, unknown>>;
}

export interface SchedulePatch {
  readonly description?: string | null;
  readonly cron?: string;
  readonly timezone?: string;
  readonly missed?: 'skip' | 'once' | 'all';
  readonly target?: ScheduleTarget;
  readonly is_paused?: boolean;
}

export interface SchedulePost extends SchedulePatch {
  readonly name: string;
  readonly cron: string;
  readonly target: ScheduleTarget;
}

export const schedulePostValidator = makeValidator<SchedulePost>(schedulePostSchema, 'the schedule');
export const schedulePatchValidator = makeValidator<SchedulePatch>(schedulePatchSchema, 'the change');
