import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { addFilterOptions, type FilterOptions } from './filter-options.ts';

export interface FilesOptions extends FilterOptions {
  readonly limit: string;
  readonly after?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed files`. */
export function filesCommand(): Command {
  return addFilterOptions(
    new Command('files').description('List the files that the catalogue knows, newest first.'),
  )
    .option('--limit <N>', 'files on one page, 1 to 1000', '20')
    .option('--after <CURSOR>', 'the page after the one that printed this cursor as its next')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 searched, 2 a filter cannot be understood, 3 the database cannot be used.\n\nExample:\n  seed files --name "*_watermark.png" --bbox 100,0,140,30 --from 2019-10-01T00:00:00Z',
    );
}
