import type { Option } from 'commander';
import { spelt } from './spelling/old-words.ts';

/** `-w`: what warnings do besides being said. */
export function warningsAsErrorsOption(description: string): Option {
  return spelt(
    '-w, --warnings-as-errors',
    description,
    ...['warnAsErrors', 'warn-as-errors', 'warningsAsErrors'],
  );
}
