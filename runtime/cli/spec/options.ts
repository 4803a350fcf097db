import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface SpecOptions {
  readonly format: 'text' | 'json';
}

/** Describes `seed spec`. */
export function specCommand(): Command {
  return new Command('spec')
    .description('Look up the Seed 1.0.0 standard: what a field means, takes and defaults to.')
    .argument('[name]', 'a field by its path or the end of it, e.g. inputs.files.multiple; all without it')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 found, 2 no such field.\n\nExample:\n  seed spec inputs.files.multiple',
    );
}
