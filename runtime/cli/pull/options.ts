import { Command } from 'commander';
import { imageNameOption } from '../images/one-image.ts';
import { notGivenWith } from '../spelling/old-words.ts';
import { type RegistryOptions, withRegistryOptions } from '../registry-options.ts';

export interface PullOptions extends RegistryOptions {
  readonly imageName?: string;
  readonly quiet?: boolean;
}

/** Describes `seed pull`. */
export function pullCommand(): Command {
  const command = new Command('pull')
    .description('Fetch an image from a registry, and give it its plain name too.')
    .argument('[image]', 'name of the image, without the registry')
    .addOption(imageNameOption());
  notGivenWith(command, [''], '--image-name');
  return withRegistryOptions(command, 'registry (default: the one in the image name, or Docker Hub)')
    .option('-q, --quiet', "do not show the engine's own messages")
    .addHelpText(
      'after',
      `
Exit codes: 0 fetched, 2 there is no such image or the login was refused, 3 the engine
            could not be used.

Example:
  seed pull my-job-1.0.0-seed:1.0.0 -r localhost:5000`,
    );
}
