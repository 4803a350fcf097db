import { type ErrorDefinition, rejected } from './definition.ts';

/** What is wrong with a recipe that is run from a file. */
export const recipeFileRejections = {
  'recipe-file-unreadable': {
    ...rejected,
    code: 'SB1172',
    title: 'Recipe file cannot be read',
    message: 'The recipe file {file} cannot be read: {reason}.',
    advice: 'Name a file of YAML or JSON (docs/recipes.md shows one).',
  },
  'recipe-file-invalid': {
    ...rejected,
    code: 'SB1173',
    title: 'Invalid recipe file',
    category: 'job',
    message: 'The recipe file {file} is not valid: {problems}.',
    advice: 'Correct the file (docs/recipes.md describes it).',
  },
  'recipe-part-unknown': {
    ...rejected,
    code: 'SB1174',
    title: 'Unknown part of a recipe',
    category: 'job',
    message: 'The node {node} of {file} names the {kind} {part}, which is not known: {known}.',
    advice: 'Correct the name, or list where it is under "{member}" in the file.',
  },
  'unknown-recipe-input': {
    ...rejected,
    code: 'SB1175',
    title: 'Name not in the recipe',
    message: 'The recipe {recipe} has no {kind} called {name}: {known}.',
    advice: 'Correct the name on the command line.',
  },
  'recipe-differs': {
    ...rejected,
    code: 'SB1176',
    title: 'Another recipe',
    message: '{directory} holds the results of another run: {what} differs.',
    advice: 'Resume it as it was begun, or name another directory with -o DIR.',
  },
  'recipe-in-use': {
    ...rejected,
    code: 'SB1177',
    title: 'Recipe is being run',
    message: 'The recipe in {directory} is being run already, by process {pid} on {host}.',
    advice: 'Wait until it ends, or stop it.',
  },
} as const satisfies Record<string, ErrorDefinition>;
