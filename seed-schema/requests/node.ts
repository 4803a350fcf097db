import { makeValidator } from '../validator.ts';

/** Body of `PATCH nodes/{id}/`. */
export const nodePatchSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'urn:seedbed:node-patch',
  title: 'Change of a node',
  description: 'What changes a node; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: {
    is_paused: { type: 'boolean', description: 'true: what runs there goes on, and nothing new is started.' },
    pause_reason: {
      type: ['string', 'null'],
      maxLength: 1000,
      'x-allowed': 'a text of at most 1000 characters, or null',
      description: 'For people; forgotten when the pause ends.',
    },
    is_active: { type: 'boolean', description: 'false: it is not used, and not listed.' },
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
  description: 'What changes the scheduler; members that are left out stay as they are.',
  type: 'object',
  additionalProperties: false,
  properties: {
    is_paused: { type: 'boolean', description: 'true: nothing new is started anywhere.' },
    queue_mode: {
      type: 'string',
      enum: ['FIFO', 'LIFO'],
      description: 'Which of two jobs of the same priority comes first: the older, or the younger.',
    },
    num_message_handlers: {
      type: 'integer',
      minimum: 0,
      maximum: 1000,
      description: "Kept for Scale's clients; there are no such processes here.",
    },
    system_logging_level: {
      type: 'string',
      enum: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'],
      description: "Kept for Scale's clients; SEED_LOG_LEVEL decides.",
    },
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
