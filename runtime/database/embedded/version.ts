import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SeedbedError } from '../../errors/index.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

/** @throws embedded-database-version for data of another major version, which our server cannot read */
export async function requireSameVersion(place: Place, binaries: Binaries): Promise<void> {
  const found = (await readFile(path.join(place.data, 'PG_VERSION'), 'utf8')).trim();
  if (found !== binaries.major)
    throw new SeedbedError('embedded-database-version', {
      directory: place.directory,
      found,
      expected: binaries.major,
    });
}
