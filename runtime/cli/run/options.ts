import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

/** The options of `seed-run`, as commander gives them. */
export interface RunOptions {
  readonly input: readonly string[];
  readonly json: readonly string[];
  readonly setting: readonly string[];
  readonly mount: readonly string[];
  readonly resource: readonly string[];
  readonly outDir?: string;
  readonly network: string;
  readonly format: 'text' | 'json';
  readonly dryRun?: boolean;
  readonly keep?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

const repeated = (value: string, before: readonly string[] = []) => [...before, value];
const repeatable = ['input', 'json', 'setting', 'mount', 'resource'] as const;

/** Describes `seed-run`: used by that command and by `seed run`. */
export function runCommand(name: string): Command {
  const command = new Command(name)
    .description('Run one Seed job, from a job directory or an image, and catalogue what it makes.')
    .argument('<target>', 'job directory (seed.manifest.json and Dockerfile), or image reference')
    .option('-i, --input <NAME=PATH>', 'input file or directory; repeat it for several files', repeated)
    .option('-j, --json <NAME=VALUE>', 'JSON input: JSON text, or a bare string', repeated)
    .option('-e, --setting <NAME[=VALUE]>', 'setting; without VALUE it is your variable NAME', repeated)
    .option('-m, --mount <NAME=PATH>', 'host directory of a mount', repeated)
    .option('-o, --out-dir <DIR>', 'where the outputs go (default: ./output-<job>-<time>)')
    .option('--resource <NAME=VALUE>', 'grant a custom resource, or override an amount', repeated)
    .option('--network <NAME>', 'network of the container', 'none')
    .addOption(formatOption())
    .option('--dry-run', 'validate everything and print what would be launched')
    .option('--keep', 'keep the container, and say how to look inside')
    .option('-q, --quiet', 'print nothing but errors, or the JSON document')
    .option('-v, --verbose', "print Seedbed's own diagnostics too")
    .addHelpText(
      'after',
      `
Without any -i, the files in <target>/inputs/<NAME>/ are used.

Exit codes: 0 completed, 1 ran and failed, 2 rejected before any container was started,
            3 engine or database could not be used.

Example:
  seed-run sample-jobs/image-watermark -i INPUT_IMAGE=photo.png -o out`,
    );
  // Not as defaults of the options, which the help would print as "default: []".
  for (const option of repeatable) command.setOptionValueWithSource(option, [], 'default');
  return command;
}
