import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/** Removes all that a directory holds, names that are not UTF-8 too. */
export async function empty(directory: string): Promise<void> {
  for (const name of await readdir(directory, { encoding: 'buffer' }))
    await rm(Buffer.concat([Buffer.from(directory + path.sep), name]), { recursive: true, force: true });
}
