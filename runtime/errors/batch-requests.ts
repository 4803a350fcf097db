import { type ErrorDefinition, rejected } from './definition.ts';

/** Batches of the service that are refused. */
export const batchRequestRejections = {
  'invalid-batch': {
    ...rejected,
    code: 'SB1340',
    title: 'Invalid batch',
    message: 'The batch is refused: {problems}.',
    advice: 'Correct it; POST to batches/validation/ tells everything that is found, without making it.',
  },
  'batch-name-taken': {
    ...rejected,
    code: 'SB1341',
    title: 'Name of a batch taken',
    status: 409,
    message: 'There is a batch {name} already: it has the id {id}.',
    advice: 'Choose another name, or go on with that batch.',
  },
} as const satisfies Record<string, ErrorDefinition>;
