import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface RecipesOptions {
  readonly type: readonly string[];
  readonly completed?: boolean;
  readonly unfinished?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly page: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed recipes`. */
export function recipesCommand(): Command {
  const command = new Command('recipes')
    .description('List the recipes of the service, newest first.')
    .option('--type <NAME>', 'of this recipe type', repeated)
    .option('--completed', 'only those that are completed')
    .option('--unfinished', 'only those that are not')
    .option('--from <TIME>', 'changed at or after this time (ISO 8601 with offset), or so long ago (PT3H)')
    .option('--to <TIME>', 'changed at or before this time')
    .option('--limit <N>', 'recipes on one page, 1 to 1000', '20')
    .option('--page <N>', 'another page than the first one', '1')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 listed, 2 a filter cannot be understood, 3 no service answers (SEED_URL).\n\nExample:\n  seed recipes --unfinished',
    );
  command.setOptionValueWithSource('type', [], 'default');
  return command;
}
