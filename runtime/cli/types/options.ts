import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface TypesOptions {
  readonly pause?: string;
  readonly resume?: string;
  readonly maxScheduled?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed types`. */
export function typesCommand(): Command {
  return new Command('types')
    .description('List the job types of the service.')
    .argument('[type]', 'NAME or NAME:VERSION: this one only')
    .option('--pause <TYPE>', 'start no more jobs of this type; those that run go on')
    .option('--resume <TYPE>', 'start jobs of this type again')
    .option('--max-scheduled <N>', 'how many jobs of <type> may run at once; 0: as many as fit')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A type is NAME or NAME:VERSION; the name alone means its newest version.

Exit codes: 0 listed, 2 there is no such type, 3 no service answers (SEED_URL).

Example:
  seed types`,
    );
}
