import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { type RegistryOptions, withRegistryOptions } from '../registry-options.ts';

export interface SearchOptions extends RegistryOptions {
  readonly filter?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed search`. */
export function searchCommand(): Command {
  const command = new Command('search')
    .description('Find Seed images in a registry, by the suffix -seed or by their label.')
    .argument('[keyword]', 'only those with these words in their name, title, description or tags')
    .option('-f, --filter <KEYWORD>', 'the keyword, in place of the argument');
  return withRegistryOptions(command, 'registry (default: Docker Hub, organisation geoint)')
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
What could not be looked at is said on standard error, and in the JSON document. Where
nothing could be, the search has failed.

Exit codes: 0 searched, 2 the registry refused, 3 the registry could not be used.

Example:
  seed search my-job -r localhost:5000`,
    );
}
