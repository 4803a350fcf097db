import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a task of a batch, or with what is asked of a batch of tasks. */
export const taskRejections = {
  'invalid-task': {
    ...rejected,
    code: 'SB1350',
    title: 'Invalid task',
    message: '{problems}.',
    advice: 'Correct it and send it again; of a bulk, only those that were refused.',
  },
  'task-exists': {
    ...rejected,
    status: 409,
    code: 'SB1351',
    title: 'Task exists',
    message: 'The task {id} has the unique_id {uniqueId} already, and {how}.',
    advice: 'Where the payload is the same, nothing is to be done; else give another unique_id.',
  },
  'batch-canceled': {
    ...rejected,
    status: 409,
    code: 'SB1352',
    title: 'Batch was canceled',
    message: 'The batch {batch} was canceled, and cannot be finalized.',
    advice: 'Make another batch, and add its tasks to that.',
  },
} as const satisfies Record<string, ErrorDefinition>;
