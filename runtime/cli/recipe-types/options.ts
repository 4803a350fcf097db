import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface RecipeTypesOptions {
  readonly all?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed recipe-types`. */
export function recipeTypesCommand(): Command {
  return new Command('recipe-types')
    .description('List the recipe types of the service.')
    .argument('[keyword]', 'only those with this word in their name, title or description')
    .option('--all', 'also those that are out of use')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 listed, 3 no service answers (SEED_URL).

Example:
  seed recipe-types`,
    );
}
