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
  'import-source-unusable': {
    ...rejected,
    code: 'SB1281',
    title: 'Scale cannot be imported',
    message: 'Nothing can be taken over from {source}: {reason}.',
    advice: 'Name the database of a Scale 7, or a dump of it that pg_dump made (docs/import-scale.md).',
  },
} as const satisfies Record<string, ErrorDefinition>;
