import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface ListOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed list`. */
export function listCommand(): Command {
  return new Command('list')
    .description('List the Seed images of the container engine, with what they take and give.')
    .argument('[keyword]', 'only those with this word in their name, title, description or tags')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
A star marks several files, [] what may be absent, {} JSON.

Exit codes: 0 listed, 3 the engine could not be used.

Example:
  seed list`,
    );
}
