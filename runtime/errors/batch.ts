import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a batch, or with one row of it. */
export const batchRejections = {
  'batch-file-invalid': {
    ...rejected,
    code: 'SB1100',
    title: 'Batch file cannot be read',
    message: 'The batch file {file} cannot be read: {problem}.',
    advice: 'Give a CSV file whose first row names the inputs (docs/batch.md shows one).',
  },
  'batch-heading-invalid': {
    ...rejected,
    code: 'SB1101',
    title: 'Invalid heading of a batch file',
    message: 'The heading of the batch file {file} is not that of this job: {problem}.',
    advice: 'Name each input once, and only inputs of the manifest, which has {known}.',
  },
  'batch-row-invalid': {
    ...rejected,
    code: 'SB1102',
    title: 'Invalid row of a batch file',
    message: 'The row has {count} cells and the heading {expected}: cell {position}, {cell}, has no column.',
    advice: 'Put cells that hold commas in quotes.',
  },
  'batch-directory-unsuited': {
    ...rejected,
    code: 'SB1103',
    title: 'Job cannot be run on the files of a directory',
    message: 'The files of a directory are one input, and {problem}.',
    advice: 'Write the inputs of each row in a CSV file, and give it with -b FILE.csv.',
  },
  'batch-directory-unreadable': {
    ...rejected,
    code: 'SB1104',
    title: 'Batch directory cannot be read',
    message: 'The directory {path} cannot be read: {reason}.',
    advice: 'Name a directory of files, with -d DIR.',
  },
  'batch-differs': {
    ...rejected,
    code: 'SB1105',
    title: 'Another batch',
    message: '{directory} holds a batch with another {what}: {there} there, {here} here.',
    advice: 'Resume it as it was begun, or name another directory with -o DIR.',
  },
  'batch-journal-unusable': {
    ...rejected,
    code: 'SB1106',
    title: 'Journal of a batch unusable',
    message: 'The journal {file} cannot be used: {reason}.',
    advice: 'Name another directory with -o DIR; the results that are there stay.',
  },
  'batch-in-use': {
    ...rejected,
    code: 'SB1107',
    title: 'Batch is being run',
    message: 'The batch in {directory} is being run already, by process {pid} on {host}.',
    advice: 'Wait until it ends, or stop it.',
  },
  'batch-not-on-service': {
    ...rejected,
    code: 'SB1108',
    title: 'Not possible on a service',
    message: 'The service at {where} cannot run this batch: {problem}.',
    advice: 'Correct that, or run the batch on this machine with --local.',
  },
} as const satisfies Record<string, ErrorDefinition>;
