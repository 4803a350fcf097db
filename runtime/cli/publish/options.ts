import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { imageNameOption } from '../images/one-image.ts';
import { pullOption } from '../pull-option.ts';
import { type RegistryOptions, withRegistryOptions } from '../registry-options.ts';
import { notGivenWith } from '../spelling/old-words.ts';
import { type BumpOptions, withBumpOptions } from './bump-options.ts';

export interface PublishOptions extends RegistryOptions, BumpOptions {
  readonly imageName?: string;
  readonly manifest?: string;
  readonly directory?: string;
  readonly dockerfile?: string;
  readonly pull?: PullPolicy;
  readonly quiet?: boolean;
  readonly format: 'text' | 'json';
}

/** Describes `seed publish`. */
export function publishCommand(): Command {
  const command = new Command('publish')
    .description('Push a Seed image to a registry; a version that is there is never overwritten unasked.')
    .argument('[image]', 'image of the engine (default: the one that the manifest names)')
    .addOption(imageNameOption())
    .option('-M, --manifest <FILE>', 'manifest that names the image (default: that of the job directory)')
    .option('-d, --directory <DIR>', 'job directory, for a new version (default: the current one)')
    .option('-D, --dockerfile <FILE>', 'Dockerfile for a new version');
  withBumpOptions(
    withRegistryOptions(command, 'registry (default: the one in the image name, or Docker Hub)'),
  );
  command
    .addOption(pullOption())
    .option('-q, --quiet', "do not show the engine's own messages")
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
The image gets its name in the registry, <registry>/<org>/<name>, for as long as it is
pushed.

Exit codes: 0 published, or there already and the same; 2 refused, as where another
            image has this version; 3 the engine or the registry could not be used.

Example:
  seed publish my-job-1.0.0-seed:1.0.0 -r localhost:5000 -pp`,
    );
  notGivenWith(command, [''], '--image-name', '--directory');
  return notGivenWith(command, ['', '.'], '--manifest', '--dockerfile');
}
