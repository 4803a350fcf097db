import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isErrno } from '../../errors/index.ts';
import type { FileEntry, Workspace } from '../../workspace/index.ts';

/**
 * The name under which a file is copied until it is whole: hidden, and the same again for the same version of it. Not as those
 * of a service, which goes on with its own.
 */
export function draftName(id: number, { version, size }: FileEntry): string {
  const text = createHash('sha256').update(`${size} ${version}`).digest('hex').slice(0, 16);
  return `${beginning(id)}${text}.part`;
}

/** While a hard link is made: never gone on with, for what is written to it is written to the file. */
export function linkName(id: number): string {
  return `${beginning(id)}link.part`;
}

function beginning(id: number): string {
  return `.seedbed-get-${id}-`;
}

/** Removes what commands that were killed left of a file in a directory, but for one of the names. */
export async function removeDrafts(directory: string, id: number, kept: string): Promise<void> {
  for (const name of await readdir(directory))
    if (name.startsWith(beginning(id)) && name.endsWith('.part') && name !== kept)
      await rm(path.join(directory, name), { force: true });
}

/** Bytes that a draft has; 0 where there is none, or one that is too long. */
export async function sizeOfDraft(draft: string, whole: number): Promise<number> {
  try {
    const { size } = await stat(draft);
    return size > whole ? 0 : size;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return 0;
    throw thrown;
  }
}

/**
 * Copies a file of a workspace into a draft, from a byte on; what is before that is only read.
 * @returns SHA-256 of the whole, hexadecimal
 */
export async function resumeCopy(
  workspace: Workspace,
  entry: FileEntry,
  { draft, start }: { readonly draft: string; readonly start: number },
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  if (start > 0)
    for await (const chunk of createReadStream(draft, { end: start - 1, highWaterMark: 2 ** 20, signal }))
      hash.update(chunk as Buffer);
  onBytes(start);
  if (start > 0 && start === entry.size) return hash.digest('hex');
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const content = await workspace.open(entry.path, { start }, signal);
  const target = createWriteStream(draft, { flags: start > 0 ? 'r+' : 'w', start, flush: true });
  await pipeline(content, count, target, { signal });
  return hash.digest('hex');
}
