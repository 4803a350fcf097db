import { stat } from 'node:fs/promises';
import { checksum } from '../../execution/index.ts';

/** A file as it was from the beginning of its reading to the end. */
export interface ReadFile {
  /** Bytes. */
  readonly size: number;
  /** `FileEntry.version` of a host. */
  readonly version: string;
  readonly sha256: string;
}

/** How often a file is read that changes meanwhile. */
const mostTries = 3;

/** @returns size and version of a file of this machine */
export async function lookAt(file: string): Promise<Omit<ReadFile, 'sha256'>> {
  const found = await stat(file, { bigint: true });
  if (!found.isFile()) throw new Error('it is no longer a file');
  return { size: Number(found.size), version: `${found.mtimeNs}-${found.ino}` };
}

/** Reads a file for its checksum. @throws Error where it changes each time that it is read */
export async function readWhole(file: string, signal: AbortSignal): Promise<ReadFile> {
  for (let tries = 1; tries <= mostTries; tries++) {
    const before = await lookAt(file);
    const { sha256, size } = await checksum(file, { signal });
    const after = await lookAt(file);
    if (after.version === before.version && after.size === size && before.size === size)
      return { ...after, sha256 };
  }
  throw new Error('it changes while it is read');
}
