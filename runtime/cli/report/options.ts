import { Command } from 'commander';

export interface ReportOptions {
  readonly out?: string;
}

/** Describes `seed report`. */
export function reportCommand(): Command {
  return new Command('report')
    .description(
      'Write one HTML file on a recipe: graph, timeline, resources, failures with the end of their logs, products on a map.',
    )
    .argument('<id>', 'number of the recipe')
    .option('-o, --out <FILE>', 'where to; default recipe-ID.html, - for standard output')
    .addHelpText(
      'after',
      '\nThe file needs nothing else: no network, no other file.\n\nExit codes: 0 written, 2 there is no such recipe or the file cannot be written, 3 no service answers (SEED_URL).\n\nExample:\n  seed report 12 -o mosaic.html',
    );
}
