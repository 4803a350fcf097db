import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface SaveRecipeTypeOptions {
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed save-recipe-type`. */
export function saveRecipeTypeCommand(): Command {
  return new Command('save-recipe-type')
    .description('Make a recipe type of a file, or give the one of that name a new revision.')
    .argument('<file>', 'recipe file in YAML or JSON; or a definition alone')
    .option('--name <NAME>', 'of the recipe type (default: what the file says, else the name of the file)')
    .option('--dry-run', 'judge it, and say what would change; nothing is kept')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The job types and recipe types that it names must be known to the service; \`seed submit-recipe\`
registers those that a file lists, too. A definition that is what the service has makes no revision.

Exit codes: 0 saved, or nothing is to be changed; 2 it is refused, every problem with its node and
            line; 3 no service answers (SEED_URL).

Example:
  seed save-recipe-type my-recipe.yaml`,
    );
}
