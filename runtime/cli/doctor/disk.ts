import { statfs } from 'node:fs/promises';
import { bytes } from '../format.ts';
import { failure, ok, type Verdict, warning } from './check.ts';

/** What a file system has left for an ordinary user. */
export interface Space {
  readonly bytes: number;
  /** New files; undefined where their number is not limited. */
  readonly files: number | undefined;
}

/** Below the first of each nothing runs to its end, below the second little does. */
const least = { bytes: 100 * 2 ** 20, files: 100 };
const enough = { bytes: 5 * 2 ** 30, files: 10_000 };

/** @param where the directory, and what it is for */
export function judgeSpace(where: string, space: Space): Verdict {
  const below = (limit: typeof least) => space.bytes < limit.bytes || (space.files ?? Infinity) < limit.files;
  const few = space.files !== undefined && space.files < enough.files;
  const found = `${bytes(space.bytes)}${few ? ` and ${space.files} new files` : ''} free in ${where}`;
  if (below(least)) return failure(found, 'Free some space there, or choose another place.');
  if (below(enough)) return warning(found, 'Free some space there before large jobs run.');
  return ok(found);
}

/** The space that an existing directory has. */
export async function spaceAt(directory: string): Promise<Space> {
  const { bavail, bsize, files, ffree } = await statfs(directory);
  return { bytes: bavail * bsize, files: files === 0 ? undefined : ffree };
}
