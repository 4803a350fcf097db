import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { pullOption } from '../pull-option.ts';
import { spelt } from '../spelling/old-words.ts';

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
    .addOption(spelt('--image-name <IMAGE>', 'the image, in place of the argument', 'in', 'imageName'))
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
