import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { pullOption } from '../pull-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface ReproduceOptions {
  readonly setting: readonly string[];
  readonly mount: readonly string[];
  readonly outDir?: string;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed reproduce`. */
export function reproduceCommand(): Command {
  const command = new Command('reproduce')
    .description('Run again what made a file, on this machine, and compare the checksums of all outputs.')
    .argument('<id>', 'number of the file')
    .option(
      '-e, --setting <NAME[=VALUE]>',
      'value of a secret setting (default: your variable NAME)',
      repeated,
    )
    .option('-m, --mount <NAME=PATH>', 'host directory of a mount', repeated)
    .option('-o, --out-dir <DIR>', 'where the outputs go (default: ./output-<job>-<time>)')
    .addOption(pullOption())
    .addOption(formatOption())
    .option('-q, --quiet', 'no progress on standard error')
    .addHelpText(
      'after',
      `
What is made is catalogued as the outputs of a job of its own; the originals stay as they are.

Exit codes: 0 every output is the same, 1 it ran and failed or some output is not the same,
            2 it cannot be run again, 3 engine or database could not be used.

Example:
  seed reproduce 18 -o again`,
    );
  for (const option of ['setting', 'mount']) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
