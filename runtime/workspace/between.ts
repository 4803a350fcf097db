import { SeedbedError } from '../errors/index.ts';
import { checkPath } from './inside.ts';
import { type FileEntry, isLocal, type PlaceOptions, type Workspace } from './workspace.ts';

export interface TransferOptions extends PlaceOptions {
  /** The original goes when its copy is there. */
  readonly move?: boolean;
  /** A name for this very transfer: who uses it again after a break goes on where that was. */
  readonly resume?: string;
  /** Hexadecimal; where bytes are sent, other ones are refused. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
}

/**
 * Hands a file from one workspace to another, or to another path of the same one: by a rename or a hard link where both are
 * directories of one disk, within the store where it is one bucket, else as a stream. Done again after a crash it ends as it
 * would have: a file that is moved already is just looked at.
 * @throws file-not-in-workspace when it is at neither place; content-mismatch; place-taken
 */
export async function transfer(
  from: Workspace,
  filePath: string,
  to: Workspace,
  newPath: string,
  options: TransferOptions = {},
): Promise<FileEntry> {
  const { move = false, onlyNew = false, resume, sha256, signal } = options;
  signal?.throwIfAborted();
  const found = await from.stat(filePath);
  if (!found) {
    checkPath(newPath, to.name);
    const moved = move ? await to.stat(newPath) : undefined;
    if (moved) return moved;
    throw new SeedbedError('file-not-in-workspace', { path: filePath, workspace: from.name });
  }
  if (from === to || from.id === to.id)
    return move ? from.move(filePath, newPath, { onlyNew }) : from.copy(filePath, newPath, { onlyNew });
  if (isLocal(from) && isLocal(to))
    return to.putFile(newPath, await from.locate(filePath), { move, onlyNew });
  const stored = await to.put(newPath, (start) => from.open(filePath, { start }, signal), {
    ...{ size: found.size, onlyNew },
    ...(sha256 === undefined ? {} : { sha256 }),
    // What was sent of another content is of no use.
    ...(resume === undefined ? {} : { resume: `${resume} ${found.version} ${found.size}` }),
    ...(signal && { signal }),
  });
  if (move) await from.delete(filePath);
  return stored;
}
