import type { Report } from '../../../seed-schema/index.ts';
import type { filterErrors, filterWarnings } from '../filter/index.ts';

/** What makes a definition invalid, besides its filters. The names that Scale has too mean what they mean there. */
export const definitionErrors = {
  INVALID_DEFINITION: 'It breaks the shape: a member is missing, misspelt, of the wrong type or too long.',
  INPUT_INTERFACE: 'Two inputs of the recipe have the same name.',
  UNKNOWN_NODE: 'A dependency, a connection or an output names a node that is not there.',
  UNKNOWN_INPUT:
    'A connection names an input that the recipe has not, or `forEach` one that the node has not.',
  NODE_INTERFACE:
    'An input of a node is required and not connected, or cannot take what is connected to it; or an output that is named is not there.',
  CONNECTION_INVALID_NODE: 'The recipe type of a node does not declare the output that is connected.',
  CIRCULAR_DEPENDENCY: 'Nodes wait for each other.',
  JOB_TYPE_DOES_NOT_EXIST: 'There is no such job type, or not in that version or revision.',
  RECIPE_TYPE_DOES_NOT_EXIST: 'There is no such recipe type, or not in that revision.',
  RECURSIVE_SUBRECIPES: 'The recipe type contains itself.',
  INVALID_CONFIGURATION:
    'The `configuration` of a node is not for its job type, or is there on another node.',
} as const;

/** What is allowed and unwise. */
export const definitionWarnings = {
  MISMATCHED_MEDIA_TYPES: 'An input of a node is for other media types than what is connected to it.',
  UNKNOWN_INPUT: 'The type of a node has no such input; the connection is dropped.',
  DUPLICATE_DEPENDENCY: 'A node has the same dependency twice; the last one counts.',
  UNKNOWN_SETTING: 'The manifest has no such setting; the value is ignored.',
  HIGHER_TIMEOUT: "The timeout of a node is above the manifest's, which holds.",
} as const;

export type DefinitionReport = Report<
  keyof typeof definitionErrors | keyof typeof filterErrors,
  keyof typeof definitionWarnings | keyof typeof filterWarnings
>;
