import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface ReprocessOptions {
  readonly all?: boolean;
  readonly node: readonly string[];
  readonly revision?: string;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed reprocess`. */
export function reprocessCommand(): Command {
  const command = new Command('reprocess')
    .description(
      'Run again what has changed of a recipe since it ran, or what is named, and keep all other results.',
    )
    .argument('<id>', 'number of the recipe')
    .option('--all', 'run every node again')
    .option(
      '--node <NAME>',
      'run this node again, and what depends on it; NODE/INNER inside of a sub-recipe',
      repeated,
    )
    .option('--revision <N>', 'as this revision of its recipe type (default: the newest)')
    .option('--dry-run', 'only say what would run, and why')
    .option('--wait', 'stay until nothing of the new recipe goes on, and show it meanwhile')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The new recipe supersedes the old one. What the old one still runs is stopped; its products are
unpublished when those of the new one are there.

Exit codes: 0 begun, or with --wait completed; 1 with --wait: something of it failed; 2 refused;
            3 no service answers (SEED_URL).

Example:
  seed reprocess 12 --node watermark --dry-run`,
    );
  command.setOptionValueWithSource('node', [], 'default');
  return command;
}
