import { Command, Option } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { pullOption } from '../pull-option.ts';

export interface ConvertOptions {
  readonly to?: '1.0.0' | 'cwl';
  readonly without: readonly string[];
  readonly output?: string;
  readonly force?: boolean;
  readonly pull?: PullPolicy;
}

/** Describes `seed convert`. */
export function convertCommand(): Command {
  return new Command('convert')
    .description(
      'Print a manifest in another form: one of Seed 0.1 as one of 1.0.0, or a tool of the Common Workflow Language.',
    )
    .argument('<target>', 'job directory, manifest file or image reference')
    .addOption(
      new Option('--to <FORM>', 'what to make of it (default: 1.0.0 for a manifest before that)').choices([
        '1.0.0',
        'cwl',
      ]),
    )
    .option(
      '--without <NAME>',
      'for cwl: leave out this optional input or setting; may be repeated',
      (name: string, before: readonly string[]) => [...before, name],
      [],
    )
    .option('-o, --output <FILE>', 'write it to this file instead of standard output')
    .option('--force', 'overwrite the file')
    .addOption(pullOption())
    .addHelpText(
      'after',
      `
What could not be carried over is said on standard error.

Exit codes: 0 converted, 2 refused, 3 the engine could not be used.

Example:
  seed convert my-job --to cwl -o my-job.cwl.json`,
    );
}
