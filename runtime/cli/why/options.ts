import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface WhyOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed why`. */
export function whyCommand(): Command {
  return new Command('why')
    .description('Say why a job waits, and what would help.')
    .argument('<id>', 'number of the job')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 said, 2 there is no such job, 3 no service answers (SEED_URL).\n\nExample:\n  seed why 17',
    );
}
