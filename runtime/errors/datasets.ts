import { rejected, type ErrorDefinition } from './definition.ts';

/** Datasets and schedules. */
export const datasetRejections = {
  'invalid-dataset': {
    ...rejected,
    code: 'SB1320',
    title: 'Invalid dataset',
    status: 400,
    message: 'The dataset is refused: {problems}.',
    advice: 'Correct it; POST to datasets/validation/ tells everything that is found, without saving.',
  },
  'invalid-dataset-member': {
    ...rejected,
    code: 'SB1321',
    title: 'Invalid member of a dataset',
    status: 400,
    message: 'No member was added: {problems}.',
    advice: 'Correct what is wrong and send all of it again; with `dry_run` nothing is kept.',
  },
  'dataset-file-unreadable': {
    ...rejected,
    code: 'SB1322',
    title: 'File of a dataset unreadable',
    message: 'The file {file} cannot be used: {reason}.',
    advice: 'Give a file in YAML or JSON with a definition, as docs/batches.md shows.',
  },
  'invalid-schedule': {
    ...rejected,
    code: 'SB1325',
    title: 'Invalid schedule',
    status: 400,
    message: 'The schedule is refused: {problems}.',
    advice: 'Correct it as docs/schedules.md says.',
  },
  'schedule-file-unreadable': {
    ...rejected,
    code: 'SB1326',
    title: 'File of a schedule unreadable',
    message: 'The file {file} cannot be used: {reason}.',
    advice: 'Give a file in YAML or JSON with name, cron and target, as docs/schedules.md shows.',
  },
} as const satisfies Record<string, ErrorDefinition>;
