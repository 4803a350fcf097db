import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { imageNameOption } from '../images/one-image.ts';
import { pullOption } from '../pull-option.ts';

export interface InspectOptions {
  readonly imageName?: string;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
}

/** Describes `seed inspect`. */
export function inspectCommand(): Command {
  return new Command('inspect')
    .description("Show an image's interface, manifest, size and digest.")
    .argument('[image]', 'image reference')
    .addOption(imageNameOption())
    .addOption(pullOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 shown, 2 no such image or no valid manifest in it, 3 the engine could not be used.

Example:
  seed inspect my-job-1.0.0-seed:1.0.0`,
    );
}
