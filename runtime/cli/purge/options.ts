import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface PurgeOptions {
  readonly dryRun?: boolean;
  readonly content?: boolean;
  readonly wait?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed purge`. */
export function purgeCommand(): Command {
  return new Command('purge')
    .description('Remove a source with all that came of it: products, jobs and recipes.')
    .argument('<id>', 'the file, which must be a source')
    .option('--dry-run', 'say what would go, and do nothing')
    .option('--content', 'also the content of the source itself, wherever it is')
    .option('--wait', 'until it is done')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The content of products goes, too; that of the source only with --content, or where the service
itself keeps it (uploads). Files of a machine (local-*) are forgotten, and never removed.

Exit codes: 0 it has begun (with --wait: it is done), 1 with --wait: it failed, 2 refused,
            3 no service answers (SEED_URL).

Example:
  seed purge 1234 --dry-run`,
    );
}
