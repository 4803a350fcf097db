import { Command } from 'commander';
import type { PullPolicy } from '../../config/index.ts';
import { formatOption } from '../format-option.ts';
import { pullOption } from '../pull-option.ts';
import { specVersionOption } from '../spec-version.ts';
import { notGivenWith } from '../spelling/old-words.ts';
import { warningsAsErrorsOption } from '../warnings-option.ts';

export interface ValidateOptions {
  readonly directory?: string;
  readonly manifest?: string;
  readonly sidecar?: string;
  readonly schema?: string;
  readonly specVersion?: string;
  readonly warningsAsErrors?: boolean;
  readonly pull?: PullPolicy;
  readonly format: 'text' | 'json';
}

/** Describes `seed validate`. */
export function validateCommand(): Command {
  const command = new Command('validate')
    .description(
      'Judge a manifest by the Seed standard, or a metadata sidecar by RFC 7946; all findings at once.',
    )
    .argument('[target]', 'job directory, manifest file or image reference (default: the current directory)')
    .option('-d, --directory <DIR>', 'the job directory, in place of the target')
    .option('-M, --manifest <FILE>', "the manifest's file, in place of the target; relative to -d")
    .option('--sidecar <FILE>', 'judge this metadata sidecar instead')
    .option('-s, --schema <FILE>', 'judge by this JSON Schema in place of the built-in one')
    .addOption(specVersionOption())
    .addOption(warningsAsErrorsOption('end with 1 when there are warnings'))
    .addOption(pullOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 valid, 1 not valid, 2 nothing to judge.\n\nExample:\n  seed validate my-job',
    );
  return notGivenWith(command, [''], '--directory', '--manifest', '--schema');
}
