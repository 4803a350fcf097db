import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { fileStat, type ScaleFile, workspaceById } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import { isInside } from '../../workspace/index.ts';

export interface OpenContent {
  readonly handle: FileHandle;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/**
 * Opens a file of the catalogue for reading: only one that lies in its workspace once all links are followed, is a regular
 * file, and is the very one that was catalogued.
 * @throws content-unavailable
 */
export async function openContent(db: Queries, file: ScaleFile): Promise<OpenContent> {
  const refuse = (reason: string) => new SeedbedError('content-unavailable', { file: file.id, reason });
  if (file.is_deleted) throw refuse('it was deleted');
  const workspace = await workspaceById(db, file.workspace.id);
  if (!workspace) throw refuse(`the workspace ${file.workspace.name} is no directory of this machine`);
  const handle = await openInside(workspace.hostPath(''), workspace.hostPath(file.file_path)).catch(
    (thrown: unknown) => {
      if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) throw refuse('it is not there any more');
      if (isErrno(thrown, 'EACCES', 'EPERM')) throw refuse('the service may not read it');
      if (isErrno(thrown, 'ELOOP')) throw refuse('it is a link that leads nowhere');
      throw thrown;
    },
  );
  if (!handle) throw refuse('it is a link that leads out of its workspace');
  try {
    const found = await handle.stat({ bigint: true });
    if (!found.isFile()) throw refuse('it is no regular file');
    const isSame = Number(found.size) === file.file_size;
    const stamp = fileStat({ mtimeNs: found.mtimeNs, inode: found.ino });
    if (!isSame || (file.file_stat !== null && file.file_stat !== stamp))
      throw refuse('another file stands in its place now');
    return { handle, size: file.file_size, modified: Number(found.mtimeMs) };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** @returns undefined when it leads out of `root` */
async function openInside(root: string, file: string): Promise<FileHandle | undefined> {
  const real = await realpath(file);
  if (!isInside(real, await realpath(root))) return undefined;
  return open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}
