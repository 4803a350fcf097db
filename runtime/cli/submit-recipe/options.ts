import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { pullOption } from '../pull-option.ts';
import type { PullPolicy } from '../../config/index.ts';
import { repeated } from '../spelling/old-words.ts';

export interface SubmitRecipeOptions {
  readonly input: readonly string[];
  readonly json: readonly string[];
  readonly priority?: string;
  readonly reuse?: boolean;
  readonly wait?: boolean;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed submit-recipe`. */
export function submitRecipeCommand(): Command {
  const command = new Command('submit-recipe')
    .description('Give the service a recipe to run, and print its number.')
    .argument('<recipe>', 'recipe file in YAML or JSON; or NAME of a recipe type that the service knows')
    .option(
      '-i, --input <NAME=FILE>',
      'input: number of a file of the service, or path of one here',
      repeated,
    )
    .option('-j, --json <NAME=VALUE>', 'JSON input: JSON text, a bare string, or a file of JSON', repeated)
    .option('--priority <N>', 'of all its jobs; lower ones go first')
    .option('--reuse', 'take what an earlier execution made, where it worked under the same identity')
    .option('--wait', 'stay until it has ended, and show its nodes meanwhile')
    .addOption(pullOption())
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it waits')
    .addHelpText(
      'after',
      `
What a recipe file lists is registered where the service does not know it, or knows it otherwise:
job types, whose images are built here, recipe types, and the recipe type itself.

Ctrl-C ends the waiting, not the recipe.

Exit codes: 0 submitted, or with --wait completed; 1 it cannot complete; 2 refused;
            3 no service answers (SEED_URL), or the machinery failed.

Example:
  seed submit-recipe sample-jobs/recipes/mosaic.yaml -i SCENE=photo.png --wait`,
    );
  for (const option of ['input', 'json']) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
