import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { formatOption } from '../format-option.ts';
import { imageNameOption } from '../images/one-image.ts';
import { pullOption } from '../pull-option.ts';
import { notGivenWith, repeated, spelt } from '../spelling/old-words.ts';

/** The options of `seed batch`, as commander gives them. */
export interface BatchOptions {
  readonly imageName?: string;
  readonly manifest?: string;
  readonly directory?: string;
  readonly batch?: string;
  readonly setting: readonly string[];
  readonly mount: readonly string[];
  readonly resource: readonly string[];
  readonly outDir?: string;
  readonly schema?: string;
  readonly local?: boolean;
  readonly jobs?: string;
  readonly resume?: boolean;
  readonly retryFailed?: boolean;
  readonly network: string;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
  readonly rm?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const repeatable = ['setting', 'mount', 'resource'] as const;

/** Describes `seed batch`. */
export function batchCommand(): Command {
  const command = new Command('batch')
    .description('Run a Seed job on each file of a directory, or on each row of a CSV file.')
    // What stands behind a command of its own is that command's.
    .enablePositionalOptions()
    .helpCommand(false)
    .argument('[target]', 'job directory (seed.manifest.json and Dockerfile), or image reference')
    .addOption(imageNameOption())
    .addOption(
      spelt('-M, --manifest <FILE>', 'in place of the target: run the image that this manifest names'),
    )
    .option('-d, --directory <DIR>', 'one job for each file in this directory (default: the current one)')
    .option('-b, --batch <FILE>', 'one job for each row of this CSV file; its first row names the inputs')
    .option('-e, --setting <NAME[=VALUE]>', 'setting; without VALUE it is your variable NAME', repeated)
    .option('-m, --mount <NAME=PATH>', 'host directory of a mount', repeated)
    .addOption(
      spelt('-o, --out-dir <DIR>', 'where the results go (default: ./batch-<image>-<time>)', 'outDir'),
    )
    .option('--local', 'run the rows on this machine, though SEED_URL names a service')
    .option('--jobs <N>', 'at most so many jobs at once (default: as many as there is room for)')
    .option('--resume', 'go on with the batch in --out-dir: run only what is not done')
    .option('--retry-failed', 'with --resume: run again what has failed, too')
    .option('--resource <NAME=VALUE>', 'grant a custom resource, or override an amount', repeated)
    .option('-s, --schema <FILE>', 'judge metadata sidecars by this JSON Schema')
    .option('--network <NAME>', 'network of the containers', 'none')
    .addOption(pullOption())
    .addOption(formatOption())
    .option('--rm', 'remove the containers, as is done anyway')
    .option('-q, --quiet', 'print nothing but errors, or the JSON document')
    .option('-v, --verbose', "print Seedbed's own diagnostics too")
    .addHelpText(
      'after',
      `
On a service, tasks are handed over in bulk by the commands above: seed batch create, add, ...
A job directory of such a name is given as ./create.

Each row has a directory of its own for its products, below --out-dir; results.json and
results.csv there say how each went.

Where SEED_URL is set, the rows are jobs of that service.

Exit codes: 0 every row completed, 1 a row did not, 2 rejected before any row was run,
            3 engine, database or service could not be used.

Example:
  seed batch sample-jobs/image-tiles -d sample-jobs/image-tiles/inputs/INPUT_IMAGE -o tiles`,
    );
  // Not as defaults of the options, which the help would print as "default: []".
  for (const option of repeatable) command.setOptionValueWithSource(option, [], 'default');
  notGivenWith(command, [''], '--image-name', '--directory', '--batch', '--setting', '--mount');
  notGivenWith(command, [''], '--out-dir', '--schema');
  return notGivenWith(command, ['', '.'], '--manifest');
}

/**
 * What `--jobs` says, and whether the options fit together. Pure.
 * @returns undefined: as many jobs at once as there is room for
 * @throws invalid-usage
 */
export function jobsAtOnce({ jobs, resume, retryFailed }: BatchOptions): number | undefined {
  if (retryFailed && !resume)
    throw new SeedbedError('invalid-usage', {
      problem: '--retry-failed is for a batch that is resumed: add --resume',
    });
  if (jobs === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(jobs)) return Number(jobs);
  throw new SeedbedError('invalid-usage', {
    problem: `--jobs takes a whole number from 1 on, not ${JSON.stringify(jobs)}`,
  });
}
