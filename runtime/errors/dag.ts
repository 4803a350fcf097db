import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a graph of tasks, or with what is to get an identity. */
export const dagRejections = {
  'not-bencodable': {
    ...rejected,
    code: 'SB1300',
    title: 'Value has no identity',
    message: 'There is no bencoded text of {path}: {problem}.',
    advice: 'Give a text, a whole number, a boolean, a list or a dictionary; a fraction as text.',
  },
  'bencode-invalid': {
    ...rejected,
    code: 'SB1301',
    title: 'Bencoded text invalid',
    message: 'The bencoded text is invalid at byte {position}: {problem}.',
    advice: 'Give a file that seed dag save wrote, as it is.',
  },
  'dag-invalid': {
    ...rejected,
    code: 'SB1302',
    title: 'Description of tasks invalid',
    message: 'The description of tasks is invalid: {problem}.',
    advice: 'Correct it (docs/dag.md shows one).',
  },
  'dag-unreadable': {
    ...rejected,
    code: 'SB1306',
    title: 'Description of tasks cannot be read',
    message: 'The description of tasks {file} cannot be read: {reason}.',
    advice: 'Name a file of YAML or JSON (docs/dag.md shows one), or one that seed dag save wrote.',
  },
  'dag-unknown-dependency': {
    ...rejected,
    code: 'SB1303',
    title: 'Unknown dependency',
    message: 'The task {task} depends on {dependency}, and there is no such task.',
    advice: 'Name tasks of the description, which has {known}.',
  },
  'dag-cycle': {
    ...rejected,
    code: 'SB1304',
    title: 'Tasks depend on each other',
    message: 'The tasks depend on each other in a circle: {cycle}.',
    advice: 'Take one of these dependencies out.',
  },
  'nothing-to-compare': {
    ...rejected,
    code: 'SB1307',
    title: 'Nothing to compare with',
    message: 'Job {job} is nothing to compare with: {reason}.',
    advice: 'Name a job that has completed, or none: the most similar one is found.',
  },
  'not-canonical-json': {
    ...rejected,
    code: 'SB1305',
    title: 'Not a JSON value',
    message: 'There is no JSON text of {path}: {problem}.',
    advice: 'Give what JSON has: texts, finite numbers, booleans, null, lists and objects.',
  },
} as const satisfies Record<string, ErrorDefinition>;
