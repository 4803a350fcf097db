import { type ErrorDefinition, rejected } from './definition.ts';

/** Recipes that cannot be re-processed. */
export const recipeRejections = {
  'recipe-superseded': {
    ...rejected,
    code: 'SB1180',
    title: 'Recipe superseded',
    message: 'The recipe {recipe} was superseded by the recipe {by} and cannot be re-processed.',
    advice: 'Re-process the recipe {by} instead.',
  },
  'recipe-is-part': {
    ...rejected,
    code: 'SB1181',
    title: 'Part of another recipe',
    message: 'The recipe {recipe} is a part of the recipe {root} and cannot be re-processed by itself.',
    advice: 'Re-process the recipe {root}, and force the nodes of this one with sub_recipes.',
  },
  'recipe-not-reprocessable': {
    ...rejected,
    code: 'SB1182',
    title: 'Recipe does not fit',
    message: 'The recipe {recipe} cannot be re-processed as revision {revision} of {type}: {problems}.',
    advice: 'Submit a new recipe, or choose another revision with revision_num.',
  },
  'nothing-to-reprocess': {
    ...rejected,
    code: 'SB1183',
    title: 'Nothing to re-process',
    message:
      'All nodes of the recipe {recipe} have completed, and none differs from revision {revision} of {type}.',
    advice: 'Force nodes to run again with forced_nodes.',
  },
} as const satisfies Record<string, ErrorDefinition>;
