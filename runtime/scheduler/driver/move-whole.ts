import { cp, rename, rm } from 'node:fs/promises';
import { isErrno } from '../../errors/index.ts';

/**
 * Moves a directory so that, whenever a crash comes, all of it is in one of the two places: a rename on one disk; across
 * disks a copy beside the target that gets its name when it is whole.
 * @param source absolute
 * @param target absolute; not there, or an empty directory
 */
export async function moveWhole(source: string, target: string): Promise<void> {
  try {
    await rename(source, target);
  } catch (thrown) {
    if (!isErrno(thrown, 'EXDEV')) throw thrown;
    const [partial, moved] = [`${target}.partial`, `${source}.moved`];
    await rm(partial, { recursive: true, force: true });
    await cp(source, partial, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await rename(partial, target);
    await rename(source, moved);
    await rm(moved, { recursive: true });
  }
}
