import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { type BumpOptions, withBumpOptions } from '../publish/bump-options.ts';
import { pullOption } from '../pull-option.ts';
import { type RegistryOptions, withRegistryOptions } from '../registry-options.ts';
import { specVersionOption } from '../spec-version.ts';
import { notGivenWith, repeated } from '../spelling/old-words.ts';
import { warningsAsErrorsOption } from '../warnings-option.ts';

export interface BuildCommandOptions extends RegistryOptions, BumpOptions {
  readonly directory?: string;
  readonly dockerfile?: string;
  readonly manifest?: string;
  readonly cacheFrom?: readonly string[];
  readonly specVersion?: string;
  readonly warningsAsErrors?: boolean;
  readonly pull?: PullPolicy;
  readonly publish?: boolean;
  readonly quiet?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed build`. */
export function buildCommand(): Command {
  const command = new Command('build')
    .description("Build a job's image under its Seed name, with its manifest in the label.")
    .argument('[directory]', 'job directory (default: the current one)')
    .option('-d, --directory <DIR>', 'the job directory, in place of the argument')
    .option('-D, --dockerfile <FILE>', 'Dockerfile (default: the one in the job directory)')
    .option('-M, --manifest <FILE>', 'manifest (default: seed.manifest.json in the job directory)')
    .option('-c, --cache-from <IMAGE>', 'image whose layers may be used again', repeated)
    .addOption(specVersionOption())
    .addOption(warningsAsErrorsOption('refuse a manifest that deserves warnings'))
    .addOption(pullOption())
    .option('--publish', 'publish the image when it is built; the options below are for that');
  withBumpOptions(withRegistryOptions(command, 'registry to publish to (default: Docker Hub)'));
  command
    .option('-q, --quiet', "do not show the engine's own messages")
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The login serves the registries of the base images too. A Dockerfile that needs BuildKit
is built with it where the engine has it.

Exit codes: 0 built, 2 the manifest, the Dockerfile or the publication was refused,
            3 the engine or the registry could not be used.

Example:
  seed build my-job`,
    );
  notGivenWith(command, [''], '--directory', '--cache-from');
  return notGivenWith(command, ['', '.'], '--manifest', '--dockerfile');
}
