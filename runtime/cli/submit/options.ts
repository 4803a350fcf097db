import { Command } from 'commander';
import { formatOption } from '../format-option.ts';
import { repeated } from '../spelling/old-words.ts';

export interface SubmitOptions {
  readonly input: readonly string[];
  readonly json: readonly string[];
  readonly setting: readonly string[];
  readonly mount: readonly string[];
  readonly resource: readonly string[];
  readonly priority?: string;
  readonly reuse?: boolean;
  readonly wait?: boolean;
  readonly outDir?: string;
  readonly format: 'text' | 'json';
  readonly quiet?: boolean;
}

/** Describes `seed submit`. */
export function submitCommand(): Command {
  const command = new Command('submit')
    .description('Give the service a job to run, and print its number.')
    .argument('<target>', 'image, or job type that the service knows: NAME or NAME:VERSION')
    .option(
      '-i, --input <NAME=FILE>',
      'input: number of a file of the service, or path of one here',
      repeated,
    )
    .option('-j, --json <NAME=VALUE>', 'JSON input: JSON text, a bare string, or a file of JSON', repeated)
    .option('-e, --setting <NAME[=VALUE]>', 'setting; without VALUE it is your variable NAME', repeated)
    .option('-m, --mount <NAME=PATH>', "host directory of a mount, on the node's machine", repeated)
    .option('--resource <NAME=VALUE>', 'another amount of a resource', repeated)
    .option('--priority <N>', 'lower ones go first (default: that of its type, else 100)')
    .option('--reuse', 'take what an earlier execution made, where it worked under the same identity')
    .option('--wait', 'stay until it has ended, and print its result as seed-run does')
    .option('-o, --out-dir <DIR>', 'with --wait: fetch its products into this directory')
    .addOption(formatOption())
    .option('-q, --quiet', 'say nothing while it waits')
    .addHelpText(
      'after',
      `
What the service knows as a job type goes before an image of the same name. The job type of an
image is registered when the service does not know it, or knows it otherwise.

Ctrl-C ends the waiting, not the job.

Exit codes: 0 submitted, or with --wait completed; 1 it failed or was canceled; 2 refused;
            3 no service answers (SEED_URL), or the machinery failed.

Example:
  seed submit my-job-1.0.0-seed:1.0.0 -i INPUT_FILE=photo.png --wait -o submitted`,
    );
  for (const option of ['input', 'json', 'setting', 'mount', 'resource'])
    command.setOptionValueWithSource(option, [], 'default');
  return command;
}
