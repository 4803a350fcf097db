import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { imageNameOption } from '../images/one-image.ts';
import { pullOption } from '../pull-option.ts';
import { notGivenWith, repeated, spelt } from '../spelling/old-words.ts';

/** The options of `seed-run`, as commander gives them. */
export interface RunOptions {
  readonly imageName?: string;
  readonly manifest?: string;
  readonly recipe?: string;
  readonly resume?: boolean;
  readonly input: readonly string[];
  readonly json: readonly string[];
  readonly setting: readonly string[];
  readonly mount: readonly string[];
  readonly resource: readonly string[];
  readonly outDir?: string;
  readonly schema?: string;
  readonly repetitions?: string;
  readonly network: string;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
  readonly reuse?: boolean;
  readonly dryRun?: boolean;
  readonly keep?: boolean;
  readonly rm?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const repeatable = ['input', 'json', 'setting', 'mount', 'resource'] as const;

/** Describes `seed-run`: used by that command and by `seed run`. */
export function runCommand(name: string): Command {
  const command = new Command(name)
    .description('Run one Seed job, from a job directory or an image, and catalogue what it makes.')
    .argument('[target]', 'job directory (seed.manifest.json and Dockerfile), or image reference')
    .addOption(imageNameOption())
    .addOption(
      spelt('-M, --manifest <FILE>', 'in place of the target: run the image that this manifest names'),
    )
    .addOption(
      spelt(
        '-i, --input <NAME=PATH>',
        'input file or directory; repeat it for several files',
        'inputs',
      ).argParser(repeated),
    )
    .option('--recipe <FILE>', 'in place of the target: run the recipe of this file')
    .option('-j, --json <NAME=VALUE>', 'JSON input: JSON text, a bare string, or a file of JSON', repeated)
    .option('-e, --setting <NAME[=VALUE]>', 'setting; without VALUE it is your variable NAME', repeated)
    .option('-m, --mount <NAME=PATH>', 'host directory of a mount', repeated)
    .addOption(
      spelt('-o, --out-dir <DIR>', 'where the outputs go (default: ./output-<job>-<time>)', 'outDir'),
    )
    .option('--resource <NAME=VALUE>', 'grant a custom resource, or override an amount', repeated)
    .option('-s, --schema <FILE>', 'judge metadata sidecars by this JSON Schema')
    .addOption(
      spelt('--repetitions <N>', 'run N times, one after the other, into <DIR>-0 to <DIR>-(N-1)', 'rep'),
    )
    .option('--resume', 'with --recipe: go on with the recipe in --out-dir')
    .option('--network <NAME>', 'network of the container', 'none')
    .addOption(pullOption())
    .addOption(formatOption())
    .option('--reuse', 'take what an earlier execution made, where it worked under the same identity')
    .option('--dry-run', 'validate everything and print what would be launched')
    .option('--keep', 'keep the container, and say how to look inside')
    .option('--rm', 'remove the container, as is done anyway without --keep')
    .option('-q, --quiet', 'say nothing of a run that completes')
    .option('-v, --verbose', "print Seedbed's own diagnostics too")
    .addHelpText(
      'after',
      `
Without any -i, the files in <target>/inputs/<NAME>/ are used. Without a target, the
image that the manifest of the current directory names is run as it is; it is built
first where the engine does not have it.

A recipe is run with --recipe FILE -i NAME=PATH: all its jobs on this machine, as many at
once as there is room for. The products of each node have a directory below --out-dir.
With --reuse, only those run that have changed, and what hangs on them.

With -q neither the steps nor what the job prints nor the summary are shown: only errors, settings
without a value, and with --format json the document.

Exit codes: 0 completed, 1 ran and failed, 2 rejected before any container was started,
            3 engine or database could not be used.

Example:
  seed-run sample-jobs/image-watermark -i INPUT_IMAGE=photo.png -o out`,
    );
  // Not as defaults of the options, which the help would print as "default: []".
  for (const option of repeatable) command.setOptionValueWithSource(option, [], 'default');
  notGivenWith(command, [''], '--image-name', '--input', '--json', '--setting', '--mount');
  notGivenWith(command, [''], '--out-dir', '--schema');
  return notGivenWith(command, ['', '.'], '--manifest');
}
