import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface JobOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed job`. */
export function jobCommand(): Command {
  return new Command('job')
    .description('Show all that is known of a job: state, tries, steps, error, inputs and outputs.')
    .argument('<id>', 'number of the job')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 shown, 2 there is no such job, 3 no service answers (SEED_URL).\n\nExample:\n  seed job 17',
    );
}
