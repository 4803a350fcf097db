import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a download. */
export const downloadRejections = {
  'download-begun': {
    ...rejected,
    code: 'SB1370',
    title: 'Download is there already',
    message: '{directory} holds a download of batch {batch} already.',
    advice: 'Go on with it with --resume, or name another directory with -o DIR.',
  },
} as const satisfies Record<string, ErrorDefinition>;
