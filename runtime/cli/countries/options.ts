import { Command } from 'commander';

export interface CountriesOptions {
  readonly all?: boolean;
}

/** Describes `seed countries`. */
export function countriesCommand(): Command {
  return new Command('countries')
    .description(
      'Fill in the countries of files that have a place and none yet, such as those that an older Seedbed catalogued.',
    )
    .option('--all', 'of all files, also where countries are known; after borders have changed')
    .addHelpText(
      'after',
      '\nIt may be ended and begun again at any time.\n\nExit codes: 0 filled, 3 the database cannot be used.\n\nExample:\n  seed countries',
    );
}
