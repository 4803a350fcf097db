import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ServerUser } from './server-user.ts';

/**
 * Whether `user` can read `target` (and enter it, if it is a directory) by the modes of the whole path. Asked by root,
 * for the server that will run as `user`, without supplementary groups.
 */
export async function canReach(target: string, user: ServerUser): Promise<boolean> {
  const real = await realpath(target);
  for (let directory = path.dirname(real); ; directory = path.dirname(directory)) {
    if (!(await permits(directory, user, 0o1))) return false;
    if (directory === path.dirname(directory)) break;
  }
  return permits(real, user, (await stat(real)).isDirectory() ? 0o5 : 0o4);
}

/** @param bits as in one digit of a mode: 4 read, 1 execute */
async function permits(file: string, user: ServerUser, bits: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(file);
  const granted = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
  return (granted & bits) === bits;
}
