import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with files that are to be taken in. */
export const ingestFileRejections = {
  'ingest-path-unusable': {
    ...rejected,
    code: 'SB1280',
    title: 'Path to take in cannot be used',
    message: 'Nothing was taken in, because {path} cannot be used: {reason}.',
    advice: 'Name files and directories that are there.',
  },
} as const satisfies Record<string, ErrorDefinition>;
