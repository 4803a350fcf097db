import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface FilesOptions {
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly bbox?: string;
  readonly dataType?: string;
  readonly limit: string;
  readonly after?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed files`. */
export function filesCommand(): Command {
  return new Command('files')
    .description('List the files that the catalogue knows, newest first.')
    .option('--name <TEXT>', 'part of the file name, or a pattern with * and ?')
    .option(
      '--from <TIME>',
      'data that ends at or after this time (ISO 8601 with offset, e.g. 2019-10-14T00:00:00Z)',
    )
    .option('--to <TIME>', 'data that begins at or before this time')
    .option(
      '--bbox <W,S,E,N>',
      'data whose bounding box touches this one, in degrees; W > E crosses the antimeridian',
    )
    .option('--data-type <TAG>', 'files with this data type tag')
    .option('--limit <N>', 'files on one page, 1 to 1000', '20')
    .option('--after <CURSOR>', 'the page after the one that printed this cursor as its next')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 searched, 2 a filter cannot be understood, 3 the database cannot be used.\n\nExample:\n  seed files --name "*_watermark.png" --bbox 100,0,140,30 --from 2019-10-01T00:00:00Z',
    );
}
