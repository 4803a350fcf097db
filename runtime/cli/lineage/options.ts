import { Command, Option } from 'commander';

export interface LineageOptions {
  readonly direction: 'both' | 'ancestors' | 'descendants';
  readonly depth: string;
  readonly limit: string;
  readonly format: 'tree' | 'dot' | 'json';
}

/** Describes `seed lineage`. */
export function lineageCommand(): Command {
  return new Command('lineage')
    .description('Show what a file was made of, what was made of it, and by which jobs.')
    .argument('<id>', 'number of the file')
    .addOption(
      new Option('--direction <DIRECTION>', 'which way to look')
        .choices(['both', 'ancestors', 'descendants'])
        .default('both'),
    )
    .option('--depth <N>', 'how many jobs may lie between, in each direction, 1 to 100', '50')
    .option('--limit <N>', 'links to follow in each direction, 1 to 10000', '1000')
    .addOption(
      new Option('--format <FORMAT>', 'what to print on standard output')
        .choices(['tree', 'dot', 'json'])
        .default('tree'),
    )
    .addHelpText(
      'after',
      '\nExit codes: 0 shown, 2 there is no such file, 3 the database cannot be used.\n\nExample:\n  seed lineage 17 --format dot | dot -Tsvg -o lineage.svg',
    );
}
