import { Command } from 'commander';
import { formatOption } from '../format-option.ts';

export interface ValidateOptions {
  readonly sidecar?: string;
  readonly format: 'text' | 'json';
}

/** Describes `seed validate`. */
export function validateCommand(): Command {
  return new Command('validate')
    .description(
      'Judge a manifest by the Seed standard, or a metadata sidecar by RFC 7946; all findings at once.',
    )
    .argument('[target]', 'job directory, manifest file or image reference')
    .option('--sidecar <FILE>', 'judge this metadata sidecar instead')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 valid, 1 not valid, 2 nothing to judge.\n\nExample:\n  seed validate ./my-job',
    );
}
