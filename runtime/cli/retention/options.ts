import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface RetentionOptions {
  readonly add?: string;
  readonly remove?: string;
  readonly dataType?: string;
  readonly keepDays?: string;
  readonly dropSuperseded?: boolean;
  readonly dryRun?: boolean;
  readonly run?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed retention`. */
export function retentionCommand(): Command {
  return new Command('retention')
    .description('List, add and remove the rules of what workspaces keep for how long.')
    .option('--add <WORKSPACE>', 'add a rule for the files of this workspace')
    .option(
      '--data-type <TAG>',
      'with --add: for files with this tag (default: those no rule with a tag is for)',
    )
    .option(
      '--keep-days <N>',
      'with --add: keep files so many days after they were catalogued (default: for ever)',
    )
    .option('--drop-superseded', 'with --add: files that another one superseded go at once')
    .option('--remove <ID>', 'remove this rule')
    .option(
      '--dry-run',
      'say what would be removed now; with --add: if there were this rule, which is not added',
    )
    .option('--run', 'go over the catalogue now, and not only once a day')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A file that something needs stays: one that is held, the input of a job that waits, runs or has
failed, what a recipe that is not completed may read.

Exit codes: 0 listed, 2 refused, 3 no service answers (SEED_URL).

Example:
  seed retention --add raw --keep-days 30 --dry-run`,
    );
}
