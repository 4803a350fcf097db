import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface StrikesOptions {
  readonly create?: string;
  readonly check?: string;
  readonly start?: string;
  readonly stop?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed strikes`. */
export function strikesCommand(): Command {
  return new Command('strikes')
    .description(
      'List the strikes of the service, which watch workspaces, or show one; make, start and stop them.',
    )
    .argument('[name]', 'show this one')
    .option('--create <FILE>', 'make a strike of a file in YAML or JSON; it begins to watch')
    .option('--check <FILE>', 'judge a file; nothing is kept')
    .option('--stop <NAME>', 'let it watch no longer')
    .option('--start <NAME>', 'let it watch again')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A file holds title, description and configuration, or a configuration alone.

Exit codes: 0 done; 2 refused, every problem is told; 3 no service answers (SEED_URL).

Examples:
  seed strikes
  seed strikes --create landsat.yaml`,
    );
}
