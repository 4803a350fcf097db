import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';
import { compareBytes, sortByBytes } from './byte-order.ts';
import { mapInParallel } from './in-parallel.ts';
import { hiddenName, isListed } from './inside.ts';
import { isInside } from './transfer.ts';
import type { FileEntry, ListOptions } from './workspace.ts';

const pageFiles = 1000;
const statsAtOnce = 16;

/**
 * The files below a directory in the order of the bytes of their paths, by pages. Only one directory's names are in memory for
 * each level. A link counts as the file that it leads to, if that lies below the directory, too; links to directories are not followed.
 * Names that are no UTF-8 are left out: no path could name them.
 * @param root absolute, all links followed
 */
export async function* walk(
  root: string,
  { prefix = '', after, recursive = true, links = true, signal }: ListOptions,
): AsyncGenerator<FileEntry[], void, undefined> {
  const base = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (!(await isPlainDirectory(root, base))) return;
  let names: string[] = [];
  for await (const name of below(root, base, { prefix, after, recursive, signal })) {
    names.push(name);
    if (names.length < pageFiles) continue;
    const page = await entries(root, names, links);
    if (page.length > 0) yield page;
    names = [];
  }
  const last = await entries(root, names, links);
  if (last.length > 0) yield last;
}

/** Whether it is a directory that the walk from the root would come to: none that is hidden, or behind a link. */
async function isPlainDirectory(root: string, base: string): Promise<boolean> {
  if (base === '') return true;
  if (!isListed(base.slice(0, -1))) return false;
  const absolute = path.join(root, base.slice(0, -1));
  try {
    return (await realpath(absolute)) === absolute;
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG')) return false;
    throw thrown;
  }
}

interface Wanted {
  readonly prefix: string;
  readonly after: string | undefined;
  readonly recursive: boolean;
  readonly signal: AbortSignal | undefined;
}

async function* below(root: string, directory: string, wanted: Wanted): AsyncGenerator<string> {
  const { prefix, after, recursive, signal } = wanted;
  signal?.throwIfAborted();
  for (const [name, isDirectory] of await namesIn(path.join(root, directory))) {
    const filePath = `${directory}${name}`;
    if (isDirectory) {
      if (!filePath.startsWith(prefix) && !prefix.startsWith(filePath)) continue;
      if (!recursive && filePath.length > prefix.length) continue;
      if (after !== undefined && compareBytes(filePath, after) < 0 && !after.startsWith(filePath)) continue;
      yield* below(root, filePath, wanted);
    } else if (filePath.startsWith(prefix) && (after === undefined || compareBytes(filePath, after) > 0))
      yield filePath;
  }
}

/** Names of directories end in a slash, by which they are sorted as the paths below them are. */
async function namesIn(directory: string): Promise<(readonly [string, boolean])[]> {
  let found: Dirent[];
  try {
    found = await readdir(directory, { withFileTypes: true });
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return [];
    throw thrown;
  }
  const names = found
    .filter(
      (one) => !hiddenName.test(one.name) && (one.isFile() || one.isDirectory() || one.isSymbolicLink()),
    )
    .map((one) => [one.isDirectory() ? `${one.name}/` : one.name, one.isDirectory()] as const);
  return sortByBytes(names, ([name]) => name);
}

/** What went away meanwhile is left out. */
async function entries(root: string, names: readonly string[], links: boolean): Promise<FileEntry[]> {
  const found = await mapInParallel(names, statsAtOnce, async (name) => {
    try {
      const absolute = path.join(root, name);
      let seen = await lstat(absolute, { bigint: true });
      if (seen.isSymbolicLink()) {
        if (!links || !isInside(await realpath(absolute), root)) return [];
        seen = await stat(absolute, { bigint: true });
      }
      if (!seen.isFile()) return [];
      const version = `${seen.mtimeNs}-${seen.ino}`;
      return [{ path: name, size: Number(seen.size), modified: seen.mtime.toISOString(), version }];
    } catch (thrown) {
      if (isErrno(thrown, 'ENOENT', 'ENOTDIR', 'ELOOP')) return [];
      throw thrown;
    }
  });
  return found.flat();
}
