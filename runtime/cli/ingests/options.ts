import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface IngestsOptions {
  readonly strike?: string;
  readonly scan?: string;
  readonly status?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed ingests`. */
export function ingestsCommand(): Command {
  return new Command('ingests')
    .description('List what became of files that arrived, the last ones first, or show one.')
    .argument('[file]', 'show this one: its number, or the name of the file')
    .option('--strike <NAME>', 'files that this strike found')
    .option('--scan <NAME>', 'files that this scan found')
    .option('--status <STATUS>', 'files that stand there, as ERRORED', repeated)
    .option('--from <TIME>', 'changed at or after this time (ISO 8601 with offset), or so long ago, as PT3H')
    .option('--to <TIME>', 'changed at or before this time')
    .option('--limit <N>', 'how many at most', '50')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 listed, 2 refused, 3 no service answers (SEED_URL).

Example:
  seed ingests --status ERRORED --from P1D`,
    );
}
