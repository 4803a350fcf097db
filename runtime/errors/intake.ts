import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with what bulk intake is given: files, headings, cells. */
export const intakeRejections = {
  'intake-file-invalid': {
    ...rejected,
    code: 'SB1360',
    title: 'File of tasks cannot be used',
    message: 'The file {file} cannot be used: {problem}.',
    advice: 'docs/batches.md shows what such a file holds.',
  },
  'intake-heading-invalid': {
    ...rejected,
    code: 'SB1361',
    title: 'Invalid heading of a file of tasks',
    message: 'The heading of {file} does not fit: {problem}.',
    advice: 'Name each column once: {known}.',
  },
  'intake-value-invalid': {
    ...rejected,
    code: 'SB1362',
    title: 'Invalid value in a task',
    message: '{name} {problem}.',
    advice: 'docs/batches.md says what each column takes.',
  },
  'intake-source-unusable': {
    ...rejected,
    code: 'SB1363',
    title: 'Source of tasks unusable',
    message: 'No tasks can be made of {source}: {problem}.',
    advice: 'Correct that, or write the tasks into a CSV file.',
  },
  'intake-rows-refused': {
    ...rejected,
    code: 'SB1364',
    title: 'Tasks with faults',
    message: '{count} of {total} tasks have faults, and nothing was sent.',
    advice: 'Correct them, or leave --strict out, which sends the others.',
  },
  'intake-task-refused': {
    ...rejected,
    code: 'SB1365',
    title: 'Task refused by the service',
    message: 'The service refuses it: {reason}.',
    advice: 'Correct the task, and give the command again.',
  },
  'intake-url-unreadable': {
    ...rejected,
    code: 'SB1366',
    title: 'URL cannot be fetched',
    message: '{url} cannot be fetched: {reason}.',
    advice: 'Try it with another program on this machine, e.g. curl.',
  },
  'intake-batch-differs': {
    ...rejected,
    code: 'SB1367',
    title: 'Batch is of another type',
    message: 'There is a batch {batch} of {there} already, and the file has {here}.',
    advice: 'Give the batch another name in the file, or have the file say that type, and its revision.',
  },
  'intake-batch-closed': {
    ...rejected,
    code: 'SB1368',
    title: 'Batch takes no tasks any more',
    message: 'The batch {batch} is {state}, and takes no tasks any more; nothing was sent.',
    advice:
      'Add the tasks to another batch; those that it has already, by their unique_id, may be given again.',
  },
  'intake-task-late': {
    ...rejected,
    code: 'SB1369',
    title: 'Task for a batch that takes none any more',
    message: 'Its batch takes no tasks any more, and does not have it.',
    advice:
      'Give it to another batch. Those that a batch has already, by their unique_id, may be given again.',
  },
} as const satisfies Record<string, ErrorDefinition>;
