import { lstat, opendir, rm } from 'node:fs/promises';
import path from 'node:path';

/** What is at a place of a disk: how large, all below it included, and when any of it last changed. */
export interface Found {
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/** @returns undefined when there is nothing, or nothing that may be read */
export async function lookAt(place: string): Promise<Found | undefined> {
  const seen = await lstat(place).catch(() => undefined);
  if (!seen) return undefined;
  let bytes = seen.isFile() ? seen.size : 0;
  let changed = Math.max(seen.mtimeMs, seen.ctimeMs);
  if (seen.isDirectory())
    for await (const name of namesIn(place)) {
      const below = await lookAt(path.join(place, name));
      bytes += below?.bytes ?? 0;
      changed = Math.max(changed, below?.changed ?? 0);
    }
  return { bytes, changed };
}

/** Names in a directory; none where it is not there or may not be read. */
export async function* namesIn(directory: string): AsyncGenerator<string, void, undefined> {
  const entries = await opendir(directory).catch(() => undefined);
  if (entries) for await (const { name } of entries) yield name;
}

/** Removes a file or a directory, unless it was changed since. @returns whether it is gone */
export async function removeOld(place: string, before: number): Promise<boolean> {
  const found = await lookAt(place);
  if (found && found.changed >= before) return false;
  await rm(place, { recursive: true, force: true });
  return true;
}
