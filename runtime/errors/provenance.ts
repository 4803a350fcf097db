import { type ErrorDefinition, rejected } from './definition.ts';

/** Where files come from. */
export const provenanceRejections = {
  'not-reproducible': {
    ...rejected,
    code: 'SB1380',
    title: 'Cannot be made again',
    status: 409,
    message: 'What made the file {file} cannot be run again: {reason}.',
    advice: 'Bring back what is missing; `seed provenance {file}` says what the file was made of.',
  },
} as const satisfies Record<string, ErrorDefinition>;
