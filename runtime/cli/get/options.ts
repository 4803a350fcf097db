import { Command } from 'commander';
import { addFilterOptions, type FilterOptions } from '../files/filter-options.ts';
import { formatOption } from '../format-option.ts';

export interface GetOptions extends FilterOptions {
  readonly outDir: string;
  readonly all?: boolean;
  readonly limit?: string;
  readonly parallel: string;
  readonly force?: boolean;
  readonly link?: boolean;
  readonly local?: boolean;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed get`. */
export function getCommand(): Command {
  const command = new Command('get')
    .description('Fetch files of the catalogue into a directory: by their ids, or all that match.')
    .argument('[ids...]', 'files by their id, in place of filters')
    .requiredOption('-o, --out-dir <DIR>', 'directory for the files; made where it is missing');
  return addFilterOptions(command)
    .option('--all', 'without ids and filters: every file')
    .option('--limit <N>', 'at most so many files, the newest')
    .option('--parallel <N>', 'files at once, 1 to 32', '4')
    .option('--force', 'replace files that are there and differ')
    .option('--local', 'from the catalogue of this machine, and not from a service')
    .option(
      '--link',
      'with the catalogue of this machine: hard links in place of copies, where the disk allows it',
    )
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it works')
    .addHelpText(
      'after',
      `
Files come from the service (SEED_URL); where none answers and SEED_URL is not set, from the
catalogue of this machine. Each is checked by its checksum. A command that was stopped, or killed,
goes on where it was when it is given again: what is there already is not fetched again.
Of files of one name all but the first get a number.

Exit codes: 0 every file is there, 1 some are not, 2 refused before anything was done,
            3 neither service nor database can be used.

Example:
  seed get --name "*_watermark.png" --from 2019-10-01T00:00:00Z -o results`,
    );
}
