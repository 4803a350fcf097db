import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface FileOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed file`. */
export function fileCommand(): Command {
  return new Command('file')
    .description(
      'Show all that the catalogue knows of a file: place, time, origin, checksum, metadata, lineage.',
    )
    .argument('<id>', 'number of the file')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 shown, 2 there is no such file, 3 the database cannot be used.\n\nExample:\n  seed file 17',
    );
}
