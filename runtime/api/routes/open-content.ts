import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { fileStat, knowAgain, type ScaleFile } from '../../catalog/index.ts';
import type { Queries } from '../../database/index.ts';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import {
  type FileEntry,
  isInside,
  isLocal,
  type LocalWorkspace,
  type Workspace,
} from '../../workspace/index.ts';
import type { Context } from '../context.ts';

export interface OpenContent {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Both ends included. */
  read(start: number, end: number): Promise<Readable>;
  close(): Promise<void>;
}

/**
 * Opens a file of the catalogue for reading: only one that lies in its workspace once all links are followed, is a regular
 * file, and is the very one that was catalogued, or a copy of it.
 * @throws content-unavailable
 */
export async function openContent(
  { db, workspaces }: Pick<Context, 'db' | 'workspaces'>,
  file: ScaleFile,
): Promise<OpenContent> {
  const refuse = (reason: string) => new SeedbedError('content-unavailable', { file: file.id, reason });
  if (file.is_deleted) throw refuse('it was deleted');
  const workspace = await workspaces.byId(file.workspace.id);
  if (!workspace) throw refuse(`the workspace ${file.workspace.name} is of a kind that is not known here`);
  return isLocal(workspace)
    ? openLocal(db, file, workspace, refuse)
    : openEntry(workspace, file.file_path, (entry) => {
        if (!entry) throw refuse('it is not there any more');
        const isKnown = file.file_stat === null || file.file_stat === entry.version;
        if (entry.size !== file.file_size || !isKnown) throw refuse('another file stands in its place now');
      });
}

/** Of any workspace, without a look at the catalogue. @param judge throws when it is not the one that is meant */
export async function openEntry(
  workspace: Workspace,
  filePath: string,
  judge: (entry: FileEntry | undefined) => void,
): Promise<OpenContent & { readonly version: string }> {
  const entry = await workspace.stat(filePath);
  judge(entry);
  const { size, modified, version } = entry!;
  return {
    ...{ size, version, modified: Date.parse(modified) },
    read: (start, end) => workspace.open(filePath, { start, end }),
    close: async () => undefined,
  };
}

async function openLocal(
  db: Queries,
  file: ScaleFile,
  workspace: LocalWorkspace,
  refuse: (reason: string) => SeedbedError,
): Promise<OpenContent> {
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
    return {
      ...{ size: file.file_size, modified: Number(found.mtimeMs) },
      read: async (start, end) =>
        handle.createReadStream({ start, end, autoClose: false, highWaterMark: 256 * 1024 }),
      close: () => handle.close(),
    };
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
