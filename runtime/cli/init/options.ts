import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { pullOption } from '../pull-option.ts';
import { specVersionOption } from '../spec-version.ts';

export interface InitOptions {
  readonly directory?: string;
  readonly from?: string;
  readonly name?: string;
  readonly title?: string;
  readonly specVersion?: string;
  readonly pull?: PullPolicy;
}

/** Describes `seed init`. */
export function initCommand(): Command {
  return new Command('init')
    .description('Start a job directory: a manifest that is valid, a Dockerfile and a script that run.')
    .argument('[directory]', 'where (default: the current directory); it is made if it is not there')
    .option('-d, --directory <DIR>', 'the directory, in place of the argument')
    .option('--from <IMAGE>', "start from this image's manifest, and build on it")
    .option('--name <NAME>', "the job's name (default: that of the directory)")
    .option('--title <TITLE>', "the job's title")
    .addOption(specVersionOption())
    .addOption(pullOption())
    .addHelpText(
      'after',
      `
On a terminal, name and title are asked for. Nothing is ever overwritten: a directory that
has a manifest is refused, and a Dockerfile that is there stays.

Exit codes: 0 made, 2 refused.

Example:
  seed init my-job`,
    );
}
