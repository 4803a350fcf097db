import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface SchedulesOptions {
  readonly create?: string;
  readonly pause?: string;
  readonly resume?: string;
  readonly run?: string;
  readonly remove?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed schedules`. */
export function schedulesCommand(): Command {
  return new Command('schedules')
    .description(
      'List what the service begins at set times, or show one with what became of it; make and change them.',
    )
    .argument('[name]', 'show this one, with its last runs')
    .option('--create <FILE>', 'make a schedule of a file in YAML or JSON')
    .option('--pause <NAME>', 'begin nothing until it is resumed')
    .option('--resume <NAME>', 'go on; what was due meanwhile is not made up for')
    .option('--run <NAME>', 'begin what it is for now')
    .option('--remove <NAME>', 'remove it; what it has begun stays')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A file holds name, cron, target, and perhaps timezone, missed and description: see docs/schedules.md.

Exit codes: 0 done; 2 refused, every problem is told; 3 no service answers (SEED_URL).

Examples:
  seed schedules
  seed schedules --run nightly`,
    );
}
