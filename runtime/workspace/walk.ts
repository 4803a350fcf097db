import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';
import { mapInParallel } from './in-parallel.ts';
import { isInside } from './transfer.ts';
import type { FileEntry, ListOptions } from './workspace.ts';

const pageFiles = 1000;
const statsAtOnce = 16;

/** What is being written, and what Seedbed keeps in a workspace for itself. */
export const hiddenName = /^\.seedbed/;

/**
 * The files below a directory in the order of the bytes of their paths, by pages. Only one directory's names are in memory for
 * each level. A link counts as the file that it leads to, if that lies below the directory, too; links to directories are not followed.
 * @param root absolute
 */
export async function* walk(
  root: string,
  { prefix = '', after, recursive = true, signal }: ListOptions,
): AsyncGenerator<FileEntry[], void, undefined> {
  const real = await realpath(root);
  const base = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  let names: string[] = [];
  for await (const name of below(real, base, { prefix, after, recursive, signal })) {
    names.push(name);
    if (names.length < pageFiles) continue;
    const page = await entries(real, names);
    if (page.length > 0) yield page;
    names = [];
  }
  const last = await entries(real, names);
  if (last.length > 0) yield last;
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
  if (!isInside(path.resolve(root, directory), root)) return;
  for (const [name, isDirectory] of await namesIn(path.join(root, directory))) {
    const filePath = `${directory}${name}`;
    if (!filePath.startsWith(prefix) && !prefix.startsWith(filePath)) continue;
    if (isDirectory) {
      if (!recursive && filePath.length > prefix.length) continue;
      if (after !== undefined && compare(filePath, after) < 0 && !after.startsWith(filePath)) continue;
      yield* below(root, filePath, wanted);
    } else if (filePath.startsWith(prefix) && (after === undefined || compare(filePath, after) > 0))
      yield filePath;
  }
}

/** Names of directories end in a slash, by which they are sorted as the paths below them are. */
async function namesIn(directory: string): Promise<[string, boolean][]> {
  let found: Dirent[];
  try {
    found = await readdir(directory, { withFileTypes: true });
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return [];
    throw thrown;
  }
  return found
    .filter(
      (one) => !hiddenName.test(one.name) && (one.isFile() || one.isDirectory() || one.isSymbolicLink()),
    )
    .map((one): [string, boolean] => [one.isDirectory() ? `${one.name}/` : one.name, one.isDirectory()])
    .sort(([a], [b]) => compare(a, b));
}

/** What went away meanwhile is left out. */
async function entries(root: string, names: readonly string[]): Promise<FileEntry[]> {
  const found = await mapInParallel(names, statsAtOnce, async (name) => {
    try {
      const absolute = path.join(root, name);
      let seen = await lstat(absolute, { bigint: true });
      if (seen.isSymbolicLink()) {
        if (!isInside(await realpath(absolute), root)) return [];
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

/** The order of UTF-8's bytes, which for code points beyond 16 bits is not that of JavaScript's. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  const isPlain = /^[\u0000-\ud7ff]*$/;
  if (isPlain.test(a) && isPlain.test(b)) return a < b ? -1 : 1;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
