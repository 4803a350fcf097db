import { Command, Option } from 'commander';

export interface ProvenanceOptions {
  readonly format: 'prov' | 'openlineage';
  readonly direction: 'ancestors' | 'descendants' | 'both';
  readonly depth: string;
  readonly limit: string;
  readonly output?: string;
}

/** Describes `seed provenance`. */
export function provenanceCommand(): Command {
  return new Command('provenance')
    .description('Print where a file comes from, as W3C PROV-JSON or as run events of OpenLineage.')
    .argument('<id>', 'number of the file')
    .addOption(
      new Option('--format <FORMAT>', 'what to print').choices(['prov', 'openlineage']).default('prov'),
    )
    .addOption(
      new Option('--direction <DIRECTION>', 'which way to look')
        .choices(['ancestors', 'descendants', 'both'])
        .default('ancestors'),
    )
    .option('--depth <N>', 'how many jobs may lie between, in each direction, 1 to 100', '50')
    .option('--limit <N>', 'links to follow in each direction, 1 to 10000', '1000')
    .option('-o, --output <FILE>', 'write it to this file (default: standard output)')
    .addHelpText(
      'after',
      `
Exit codes: 0 printed, 2 there is no such file, 3 the database cannot be used.

Example:
  seed provenance 17 -o history.json`,
    );
}
