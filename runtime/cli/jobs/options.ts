import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface JobsOptions {
  readonly status: readonly string[];
  readonly type: readonly string[];
  readonly error: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly page: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed jobs`. */
export function jobsCommand(): Command {
  const command = new Command('jobs')
    .description('List the jobs of the service, newest first.')
    .option('--status <STATUS>', 'PENDING, BLOCKED, QUEUED, RUNNING, FAILED, COMPLETED, CANCELED', repeated)
    .option('--type <NAME>', 'of this job type', repeated)
    .option('--error <CATEGORY>', 'failed for this reason: SYSTEM, DATA, ALGORITHM', repeated)
    .option('--from <TIME>', 'changed at or after this time (ISO 8601 with offset), or so long ago (PT3H)')
    .option('--to <TIME>', 'changed at or before this time')
    .option('--limit <N>', 'jobs on one page, 1 to 1000', '20')
    .option('--page <N>', 'another page than the first one', '1')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 listed, 2 a filter cannot be understood, 3 no service answers (SEED_URL).\n\nExample:\n  seed jobs --status QUEUED --status RUNNING',
    );
  for (const option of ['status', 'type', 'error']) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
