import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { type FilterOptions, withFilters } from '../service/filter-options.ts';

export interface RequeueOptions extends FilterOptions {
  readonly priority?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed requeue`. */
export function requeueCommand(): Command {
  return withFilters(
    new Command('requeue')
      .description('Put jobs that failed or were canceled into the queue again.')
      .argument('[ids...]', 'numbers of jobs'),
  )
    .option('--priority <N>', 'their new priority, lower ones go first')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Every filter that is given must hold. The service carries it out after the answer; each job
gets three more tries.

Exit codes: 0 asked for, 2 there is no such job, or none that can be requeued, 3 no service
            answers (SEED_URL).

Example:
  seed requeue --status FAILED --error timeout --priority 50`,
    );
}
