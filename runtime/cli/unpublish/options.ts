import { Command } from 'commander';
import { imageNameOption } from '../images/one-image.ts';
import { notGivenWith } from '../spelling/old-words.ts';
import { type RegistryOptions, withRegistryOptions } from '../registry-options.ts';

export interface UnpublishOptions extends RegistryOptions {
  readonly imageName?: string;
  readonly manifest?: string;
  readonly directory?: string;
}

/** Describes `seed unpublish`. */
export function unpublishCommand(): Command {
  const command = new Command('unpublish')
    .description('Remove an image from a registry.')
    .argument('[image]', 'name of the image (default: the one that the manifest names)')
    .addOption(imageNameOption())
    .option('-M, --manifest <FILE>', 'manifest that names the image (default: that of the job directory)')
    .option('-d, --directory <DIR>', 'job directory (default: the current one)');
  notGivenWith(command, [''], '--image-name', '--directory');
  notGivenWith(command, ['', '.'], '--manifest');
  return withRegistryOptions(
    command,
    'registry (default: the one in the image name, or Docker Hub)',
  ).addHelpText(
    'after',
    `
Exit codes: 0 removed, 2 there is no such image or the registry refused, 3 the registry
            could not be used.

Example:
  seed unpublish my-job-1.0.0-seed:1.0.0 -r localhost:5000`,
  );
}
