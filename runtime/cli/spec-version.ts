import type { Option } from 'commander';
import { SeedbedError } from '../errors/index.ts';
import { spelt } from './spelling/old-words.ts';

const known = '1.0.0';

/** `-v`, as seed-cli has it: by which version of the standard a manifest is judged. */
export function specVersionOption(): Option {
  return spelt('-v, --spec-version <VERSION>', `version of the Seed standard (only ${known})`, 'version');
}

/** @throws unknown-spec-version for another one than 1.0.0 */
export function requireSpecVersion(version: string | undefined): void {
  if (version !== undefined && version !== known)
    throw new SeedbedError('unknown-spec-version', { version, known });
}
