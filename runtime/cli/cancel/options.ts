import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { type FilterOptions, withFilters } from '../service/filter-options.ts';

export interface CancelOptions extends FilterOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed cancel`. */
export function cancelCommand(): Command {
  return withFilters(
    new Command('cancel')
      .description('Cancel jobs, those that run too: they are stopped.')
      .argument('[ids...]', 'numbers of jobs'),
  )
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Every filter that is given must hold. The service carries it out after the answer; jobs that
have completed stay as they are, and those that failed count as canceled; --status spares them.

Exit codes: 0 asked for, 2 there is no such job, or none that can be canceled, 3 no service
            answers (SEED_URL).

Example:
  seed cancel --status QUEUED --type my-job`,
    );
}
