import { type ErrorDefinition, rejected } from './definition.ts';

/** Files that are to be kept or removed. */
export const retentionRejections = {
  'not-a-source': {
    ...rejected,
    code: 'SB1270',
    title: 'No source file',
    message: 'The file {file} cannot be purged: {reason}.',
    advice: 'Name a file whose file_type is SOURCE; products go with the source that they are made of.',
  },
  'workspace-unknown': {
    ...rejected,
    code: 'SB1271',
    title: 'Unknown workspace',
    message: 'There is no workspace {workspace}.',
    advice: 'Name one of GET workspaces/, by its id or name.',
  },
  'workspace-not-ours': {
    ...rejected,
    code: 'SB1272',
    title: "A user's own files",
    message: 'The workspace {workspace} holds the files of a machine, of which none is ever removed.',
    advice: 'Give the files a workspace of their own, and the rule to that.',
  },
  'retention-rule-exists': {
    ...rejected,
    code: 'SB1273',
    title: 'There is such a rule already',
    status: 409,
    message: 'The workspace {workspace} has a retention rule for {what} already.',
    advice: 'Change that one, or remove it first.',
  },
  'file-held': {
    ...rejected,
    code: 'SB1274',
    title: 'File is held',
    status: 409,
    message: 'The file {file} is held: {reason}.',
    advice: 'End the hold first: DELETE files/{file}/hold/.',
  },
  'file-differs': {
    ...rejected,
    code: 'SB1275',
    title: 'Another file is there',
    message: 'There is another file at {path} already.',
    advice: 'Choose another directory, or replace it with --force.',
  },
} as const satisfies Record<string, ErrorDefinition>;
