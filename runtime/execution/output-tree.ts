import type { Dir } from 'node:fs';
import { chmod, lstat, opendir, readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, SeedbedError } from '../errors/index.ts';
import { isInside } from '../workspace/index.ts';
import { OutputEntries, type OutputEntry, UnsortedEntries } from './output-entries.ts';
import { outputRoot } from './paths.ts';

export interface OutputTree {
  readonly entries: OutputEntries;
  /** Bytes of all files. */
  readonly bytes: number;
}

const setIds = 0o6000;

/**
 * Walks OUTPUT_DIR without following links, strips set-uid and set-gid bits, and says what each name is.
 * @param limit files and directories altogether
 * @throws too-many-outputs, unreadable-output
 */
export async function readOutputTree(root: string, limit: number): Promise<OutputTree> {
  const found = new UnsortedEntries();
  const realRoot = await realpath(root);
  let bytes = 0;
  const pending = [''];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    for await (const names of inBatches(await openDirectory(root, directory))) {
      if (found.length + names.length > limit) throw new SeedbedError('too-many-outputs', { limit });
      for (const entry of await Promise.all(
        names.map((name) => classify(realRoot, directory === '' ? name : `${directory}/${name}`)),
      )) {
        if (entry.kind === 'directory') pending.push(entry.relativePath);
        bytes += entry.size;
        found.add(entry);
      }
    }
  }
  return { entries: new OutputEntries(realRoot, found), bytes };
}

/** Many names at a time keep the disk busy; few keep memory flat. */
async function* inBatches(directory: Dir, size = 256): AsyncGenerator<string[]> {
  let names: string[] = [];
  for await (const { name } of directory) {
    if (names.push(name) < size) continue;
    yield names;
    names = [];
  }
  yield names;
}

async function openDirectory(root: string, relative: string) {
  try {
    return await opendir(path.join(root, relative), { bufferSize: 256 });
  } catch (thrown) {
    if (isErrno(thrown, 'ENAMETOOLONG')) throw tooDeep(relative);
    if (!isErrno(thrown, 'EACCES', 'EPERM')) throw thrown;
    throw new SeedbedError('unreadable-output', { file: relative, reason: 'the directory is not readable' });
  }
}

function tooDeep(relative: string): SeedbedError {
  const file = `${relative.slice(0, 100)}...`;
  return new SeedbedError('unreadable-output', { file, reason: 'its path is longer than this system takes' });
}

async function classify(root: string, relativePath: string): Promise<OutputEntry> {
  const absolute = path.join(root, relativePath);
  const found = await lstat(absolute).catch((thrown: unknown) => {
    if (relativePath.includes('\uFFFD') && isErrno(thrown, 'ENOENT')) return undefined;
    if (isErrno(thrown, 'ENAMETOOLONG')) throw tooDeep(relativePath);
    throw thrown;
  });
  const entry = (kind: OutputEntry['kind'], size = 0, target?: string): OutputEntry => ({
    ...{ relativePath, kind, target, size },
  });
  if (!found)
    throw new SeedbedError('unreadable-output', { file: relativePath, reason: 'its name is not UTF-8' });
  if (found.isSymbolicLink()) return followInside(root, absolute, entry);
  if ((found.mode & setIds) !== 0 && (found.isFile() || found.isDirectory()))
    await chmod(absolute, found.mode & 0o1777);
  if (found.isDirectory()) return entry('directory');
  if (found.isFile()) return entry('file', found.size);
  return entry('special');
}

/** A link counts as the file that it leads to when that lies in OUTPUT_DIR, also by its path in the container. */
async function followInside(
  root: string,
  link: string,
  entry: (kind: OutputEntry['kind'], size?: number, target?: string) => OutputEntry,
): Promise<OutputEntry> {
  const target = await readlink(link);
  const onHost = isInside(path.posix.normalize(target), outputRoot)
    ? path.join(root, path.posix.relative(outputRoot, target))
    : path.resolve(path.dirname(link), target);
  const content = await realpath(onHost).catch(() => undefined);
  if (!content || !isInside(content, root)) return entry('escaped');
  const found = await stat(content);
  return found.isFile() ? entry('file', found.size, content) : entry('escaped');
}
