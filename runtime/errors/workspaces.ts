import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a path of a workspace, or with a link to a file of one. */
export const workspaceRejections = {
  'path-invalid': {
    ...rejected,
    code: 'SB1200',
    title: 'Not a path of a workspace',
    message: '{path} is no path of a file in the workspace {workspace}: {problem}.',
    advice: 'Name it by its directories and name, as `2026/07/scene 1.tif`.',
  },
  'file-unusable': {
    ...rejected,
    code: 'SB1201',
    status: 409,
    title: 'File of a workspace cannot be used',
    message: '{path} in the workspace {workspace} cannot be {done}: {reason}.',
    advice: 'Mend what stands there or its permissions, or choose another path.',
  },
  'place-taken': {
    ...rejected,
    code: 'SB1205',
    status: 409,
    title: 'Place in a workspace is taken',
    message: 'Another file has come to {path} in the workspace {workspace}.',
    advice: 'Try again: what stands there now is looked at anew. Nothing was replaced.',
  },
  'link-invalid': {
    ...rejected,
    code: 'SB1202',
    status: 403,
    title: 'Link is not one of ours',
    message: 'The link was not made by this service, or was changed.',
    advice: 'Ask whoever gave it to you for a new one.',
  },
  'link-expired': {
    ...rejected,
    code: 'SB1203',
    status: 410,
    title: 'Link has expired',
    message: 'The link was good until {expired}.',
    advice: 'Ask whoever gave it to you for a new one.',
  },
  'file-gone': {
    ...rejected,
    code: 'SB1204',
    status: 410,
    title: 'File is gone',
    message: 'There is no file {path} in the workspace {workspace} any more.',
    advice: 'Ask whoever gave you the link where it is now.',
  },
} as const satisfies Record<string, ErrorDefinition>;
