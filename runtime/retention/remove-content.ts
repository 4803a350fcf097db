import { createHash } from 'node:crypto';
import { readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';
import { type FileEntry, isLocal, type Workspace } from '../workspace/index.ts';

/** A file whose content is to go, as it was catalogued. */
export interface Content {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string | null;
  /** As `FileEntry.version`; null: not known. */
  readonly version: string | null;
  /** Path of what goes with it: the sidecar that its job left beside it; null: nothing does. */
  readonly sidecar: string | null;
}

/**
 * Removes the content of a file with its sidecar, and the directories that its job leaves empty. Content that was put in
 * its place meanwhile stays. Killed anywhere, it goes on where it is called again.
 * @returns `gone`, also when it was before; `replaced`; `away` when the whole workspace seems not to be there
 */
export async function removeContent(
  workspace: Workspace,
  content: Content,
  now: Date,
): Promise<'gone' | 'replaced' | 'away'> {
  const entry = await workspace.stat(content.path);
  if (!entry && (await isAway(workspace))) return 'away';
  if (entry && !(await isTheSame(workspace, content, entry))) return 'replaced';
  if (entry) await workspace.delete(content.path);
  if (content.sidecar !== null) await workspace.delete(content.sidecar);
  if (isLocal(workspace))
    for (const directory of emptied(content.path, now))
      if (!(await removed(workspace.hostPath(directory)))) break;
  return 'gone';
}

/**
 * Where a job leaves the sidecar of a product: place and times of data that is to go. Elsewhere what is beside a file is
 * its owner's. Pure.
 */
export function sidecarOf(filePath: string): string | null {
  return filePath.split('/').some(isOfExecution) ? `${filePath}.metadata.json` : null;
}

function isOfExecution(part: string): boolean {
  return /^job_exe_\d+/.test(part);
}

/** A disk that is not mounted is an empty directory, or none; that a file is not there then says nothing. */
async function isAway(workspace: Workspace): Promise<boolean> {
  if (!isLocal(workspace)) return false;
  try {
    return (await readdir(workspace.hostPath(''))).length === 0;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return true;
    throw thrown;
  }
}

/** A backup that was restored has other times and inodes, and the same bytes. */
async function isTheSame(workspace: Workspace, content: Content, entry: FileEntry): Promise<boolean> {
  if (entry.size !== content.size) return false;
  if (content.version === null || content.version === entry.version) return true;
  if (content.sha256 === null) return false;
  const hash = createHash('sha256');
  for await (const chunk of await workspace.open(content.path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === content.sha256;
}

/**
 * The directories above a file that may go when they are empty, the deepest first: that of an execution and those in it, of
 * an upload, and of days that are over (`YYYY/MM/DD`). Where others may be about to write, a directory stays. Pure.
 */
export function emptied(filePath: string, now: Date): string[] {
  const parts = path.posix.dirname(path.posix.normalize(filePath)).split('/');
  const yesterday = new Date(now.getTime() - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const execution = parts.findIndex(isOfExecution);
  const upload = parts[0] === 'uploads' && parts.length > 2 ? parts.length - 1 : -1;
  const owned = execution === -1 ? upload : execution;
  const kept: string[] = [];
  for (let length = parts.length; length > 0; length--) {
    const directory = parts.slice(0, length).join('/');
    const day = /(?:^|\/)(\d{4}\/\d{2}\/\d{2})$/.exec(directory)?.[1];
    const isOver = day !== undefined && day.replaceAll('/', '-') < yesterday;
    if (!(owned !== -1 && length > owned) && !isOver) break;
    kept.push(directory);
  }
  return kept;
}

/** @returns false when it is not empty, or may not be removed */
async function removed(directory: string): Promise<boolean> {
  try {
    await rmdir(directory);
    return true;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return true;
    if (isErrno(thrown, 'ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM', 'EBUSY', 'ENOTDIR', 'EROFS')) return false;
    throw thrown;
  }
}
