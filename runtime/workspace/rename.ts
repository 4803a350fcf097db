import { link, lstat, rename, unlink } from 'node:fs/promises';
import { isErrno } from '../errors/index.ts';

/** What disks without hard links say, and the kernel of a file of somebody else's. */
const cannotLink = ['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Renames a file; what stands at `target` is replaced. A second name of the same file just goes. @throws EXDEV */
export async function renameOver(source: string, target: string): Promise<void> {
  if (source === target) return;
  if (await isSame(source, target)) await unlink(source);
  else await rename(source, target);
}

/**
 * Renames a file to a name that nothing has. Of several that take the same name at the same moment one has it; only where the
 * disk makes no hard links, it is looked at first. Who is killed between the two steps leaves a second name of the same file.
 * @throws EXDEV
 * @returns false when something stands there
 */
export async function renameToFree(source: string, target: string): Promise<boolean> {
  try {
    await link(source, target);
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) {
      if (source === target || !(await isSame(source, target))) return false;
    } else if (isErrno(thrown, ...cannotLink)) {
      if (await found(target)) return false;
      await rename(source, target);
      return true;
    } else throw thrown;
  }
  await unlink(source);
  return true;
}

/** Whether both names are of one file: a rename of one to the other does nothing then, and leaves both. */
export async function isSame(source: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(source, { bigint: true }), found(target)]);
  return one.ino === other?.ino && one.dev === other.dev;
}

function found(target: string) {
  return lstat(target, { bigint: true }).catch((thrown: unknown) => {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return undefined;
    throw thrown;
  });
}
