import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface ScansOptions {
  readonly create?: string;
  readonly check?: string;
  readonly dryRun?: string;
  readonly ingest?: string;
  readonly cancel?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed scans`. */
export function scansCommand(): Command {
  return new Command('scans')
    .description(
      'List the scans of the service, which go through a workspace once, or show one; make and run them.',
    )
    .argument('[name]', 'show this one, with the report of its last dry run')
    .option('--create <FILE>', 'make a scan of a file in YAML or JSON')
    .option('--check <FILE>', 'judge a file; nothing is kept')
    .option('--dry-run <NAME>', 'run it, and only report what would become of the files')
    .option('--ingest <NAME>', 'run it, and ingest the files')
    .option('--cancel <NAME>', 'end its run; what was ingested stays')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A file holds title, description and configuration, or a configuration alone.

Exit codes: 0 done; 2 refused, every problem is told; 3 no service answers (SEED_URL).

Examples:
  seed scans
  seed scans --dry-run archive`,
    );
}
