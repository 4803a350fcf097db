import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { fileStat, knowAgain, type ScaleFile, workspaceById } from '../../catalog/index.ts';
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
 * file, and is the very one that was catalogued, or a copy of it.
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
    const stamp = fileStat({ mtimeNs: found.mtimeNs, inode: found.ino });
    const isKnown = file.file_stat === null || file.file_stat === stamp;
    if (Number(found.size) !== file.file_size || (!isKnown && !(await isCopy(db, file, handle, stamp))))
      throw refuse('another file stands in its place now');
    return { handle, size: file.file_size, modified: Number(found.mtimeMs) };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** A backup that was restored has other inodes and the same bytes: those are compared once, and the row then knows the file. */
async function isCopy(db: Queries, file: ScaleFile, handle: FileHandle, stamp: string): Promise<boolean> {
  if (file.sha256 === null || file.sha256 !== (await sha256Of(handle))) return false;
  await knowAgain(db, file, stamp);
  return true;
}

async function sha256Of(handle: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const stream = handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 2 ** 20 });
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** @returns undefined when it leads out of `root` */
async function openInside(root: string, file: string): Promise<FileHandle | undefined> {
  const real = await realpath(file);
  if (!isInside(real, await realpath(root))) return undefined;
  return open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
}
