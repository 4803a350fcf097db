import { constants } from 'node:fs';
import { copyFile, cp, link, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';

/** Moves one file or directory: a rename on one disk, a copy that preserves times and links across disks. */
export async function move(source: string, target: string): Promise<void> {
  try {
    await rename(source, target);
  } catch (thrown) {
    if (!isErrno(thrown, 'EXDEV')) throw thrown;
    await cp(source, target, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
    await rm(source, { recursive: true });
  }
}

/** Gives a file a second name: a hard link where the disk and the file's owner allow it, else a copy (copy-on-write where possible). */
export async function linkOrCopy(source: string, target: string): Promise<'linked' | 'copied'> {
  try {
    await link(source, target);
    return 'linked';
  } catch (thrown) {
    if (!isErrno(thrown, 'EXDEV', 'EPERM', 'EMLINK', 'EACCES', 'ENOTSUP')) throw thrown;
    await copyFile(source, target, constants.COPYFILE_FICLONE);
    return 'copied';
  }
}

/** Whether `inner` is `outer` or lies below it; both absolute and normalised. */
export function isInside(inner: string, outer: string): boolean {
  const relative = path.relative(outer, inner);
  return (
    relative === '' ||
    (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative))
  );
}
