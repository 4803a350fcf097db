import { copyFile, link, lstat, mkdir, open, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Extract, extract, type Header } from 'tar-stream';
import { SeedbedError } from '../../errors/index.ts';

/**
 * Unpacks a container's directory, as the engine sends it, into an empty local one. The archive is somebody else's:
 * nothing is written outside `directory`, links are made last and never followed, devices, sockets and pipes are left
 * out, set-uid, set-gid and sticky bits are dropped, and the caller can read and write all of it.
 * @param limit entries at most
 * @throws too-many-outputs
 */
export async function unpackDirectory(
  archive: AsyncIterable<Buffer>,
  directory: string,
  limit: number,
): Promise<void> {
  const unpacker = extract();
  const fed = feed(archive, unpacker);
  const links: { readonly at: string; readonly to: string }[] = [];
  let count = 0;
  try {
    for await (const entry of unpacker) {
      const { header } = entry;
      const name = insideOf(header.name);
      if (name !== undefined && name !== '') {
        count += 1;
        if (count > limit) throw new SeedbedError('too-many-outputs', { limit });
        const at = path.join(directory, name);
        if (header.type === 'symlink') links.push({ at, to: header.linkname ?? '' });
        else await unpackEntry(directory, at, header, entry as unknown as AsyncIterable<Buffer>);
      }
      entry.resume();
    }
  } finally {
    unpacker.destroy();
    await fed;
  }
  for (const { at, to } of links) if (await prepare(directory, at)) await symlink(to, at);
}

/** Never rejects: an archive that breaks off destroys the unpacker, whose reader then gets the error. */
async function feed(archive: AsyncIterable<Buffer>, unpacker: Extract): Promise<void> {
  try {
    for await (const chunk of archive) {
      if (!unpacker.write(chunk)) await drained(unpacker);
      if (unpacker.destroyed) return;
    }
    (unpacker as unknown as NodeJS.WritableStream).end();
  } catch (thrown) {
    unpacker.destroy(thrown as Error);
  }
}

function drained(unpacker: Extract): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unpacker.off('drain', done).off('close', done);
      resolve();
    };
    unpacker.on('drain', done).on('close', done);
    if (unpacker.destroyed) done();
  });
}

async function unpackEntry(
  directory: string,
  at: string,
  header: Header,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  if (header.type === 'directory') {
    if (await prepare(directory, at)) await mkdir(at, { mode: 0o755 });
  } else if (header.type === 'file' || header.type === 'contiguous-file') {
    if (!(await prepare(directory, at))) return;
    const mode = ((header.mode ?? 0o644) & 0o777) | 0o600;
    const file = await open(at, 'wx', mode);
    try {
      for await (const chunk of content) await file.writeFile(chunk);
      if (header.mtime) await file.utimes(header.mtime, header.mtime);
    } finally {
      await file.close();
    }
  } else if (header.type === 'link') {
    const name = insideOf(header.linkname ?? '');
    if (!name || !(await prepare(directory, at))) return;
    await sameFile(directory, path.join(directory, name), at);
  }
}

/** @returns the path below the directory that was asked for; undefined for one that leaves it */
function insideOf(name: string): string | undefined {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..') || name.includes('\0')) return undefined;
  return parts.slice(1).join('/');
}

/** Makes the parents of a new entry. @returns false where something else is in its place, or in a parent's */
async function prepare(directory: string, at: string): Promise<boolean> {
  let parent = directory;
  for (const part of path.relative(directory, path.dirname(at)).split(path.sep).filter(Boolean)) {
    parent = path.join(parent, part);
    const kind = await kindOf(parent);
    if (kind === 'none') await mkdir(parent, { mode: 0o755 });
    else if (kind !== 'directory') return false;
  }
  return (await kindOf(at)) === 'none';
}

async function sameFile(directory: string, original: string, at: string): Promise<void> {
  let parent = directory;
  for (const part of path.relative(directory, original).split(path.sep)) {
    if ((await kindOf(parent)) !== 'directory') return;
    parent = path.join(parent, part);
  }
  if ((await kindOf(original)) !== 'file') return;
  await link(original, at).catch(() => copyFile(original, at));
}

async function kindOf(file: string): Promise<'none' | 'file' | 'directory' | 'other'> {
  try {
    const stats = await lstat(file);
    return stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'other';
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return 'none';
    throw thrown;
  }
}
