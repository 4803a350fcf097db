import { makeValidator } from '../validator.ts';

/** Body of `PATCH nodes/{id}/`. */
export const nodePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:node-patch',
  title: 'Change of a node',
  type: 'object',
  additionalProperties: false,
  properties: {
    is_paused: { type: 'boolean' },
    pause_reason: {
      type: ['string', 'null'],
      maxLength: 1000,
      'x-allowed': 'a text of at most 1000 characters, or null',
    },
    is_active: { type: 'boolean' },
  },
} as const;

export interface NodePatch {
  readonly is_paused?: boolean;
  readonly pause_reason?: string | null;
  readonly is_active?: boolean;
}

/** Body of `PATCH scheduler/`. */
export const schedulerPatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:scheduler-patch',
  title: 'Change of the scheduler',
  type: 'object',
  additionalProperties: false,
  properties: {
    is_paused: { type: 'boolean' },
    queue_mode: { type: 'string', enum: ['FIFO', 'LIFO'] },
    num_message_handlers: { type: 'integer', minimum: 0, maximum: 1000 },
    system_logging_level: { type: 'string', enum: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] },
  },
} as const;

export interface SchedulerPatch {
  readonly is_paused?: boolean;
  readonly queue_mode?: 'FIFO' | 'LIFO';
  readonly num_message_handlers?: number;
  readonly system_logging_level?: string;
}

export const nodePatchValidator = makeValidator<NodePatch>(nodePatchSchema, 'the change');
export const schedulerPatchValidator = makeValidator<SchedulerPatch>(schedulerPatchSchema, 'the change');
