import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface ImportScaleOptions {
  readonly name?: string;
  readonly dryRun?: boolean;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed import-scale`. */
export function importScaleCommand(): Command {
  return new Command('import-scale')
    .description('Take over workspaces, job types, recipe types and files with their lineage from a Scale.')
    .argument('<source>', 'database of Scale 7 (postgres://USER@HOST/DATABASE), or a dump of it by pg_dump')
    .option('--name <NAME>', 'what this Scale is remembered by, for the next import (default: its address)')
    .option('--dry-run', 'say what would be taken over, and keep nothing')
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it works')
    .addHelpText(
      'after',
      `
Nothing is changed in Scale, which may go on running. What was taken over is remembered: an import
that was stopped goes on when it is given again, and a later one takes over what is new.

Exit codes: 0 all was taken over, 1 something could not be, 2 the source cannot be used,
            3 the database of Seedbed cannot be used.

Example:
  seed import-scale postgres://scale@scale.example.org/scale --dry-run`,
    );
}
