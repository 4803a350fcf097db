import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface ExplainOptions {
  readonly against?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .description('Say why a job ran and did not reuse what an earlier one had made, and what has changed.')
    .argument('<id>', 'number of the job')
    .option('--against <ID>', 'compare it with this job (default: the most similar one before it)')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 said, 2 there is no such job, 3 no service answers (SEED_URL).

Example:
  seed explain 17`,
    );
}
