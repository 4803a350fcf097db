import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface GcOptions {
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed gc`. */
export function gcCommand(): Command {
  return new Command('gc')
    .description(
      'Remove what nobody needs: old files by the rules of retention, and what killed processes left.',
    )
    .option('--dry-run', 'say what would be removed, and remove nothing')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A service may be at work meanwhile. It may be ended at any time: the next one goes on.

Exit codes: 0 removed, 3 the database cannot be used.

Example:
  seed gc --dry-run`,
    );
}
