import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../errors/index.ts';
import { isInside } from '../../workspace/index.ts';
import type { PathFilter } from './path-pattern.ts';

/** A path of the command line. */
export interface Root {
  /** Absolute. */
  readonly path: string;
  /** The same, all links followed. */
  readonly real: string;
  readonly isDirectory: boolean;
  /** Where its files go in a workspace: their directory there is called so; `` for `.` and `/`. */
  readonly name: string;
}

/** Something that was found: a file to take in, or a path that cannot be. */
export interface Found {
  /** Absolute. */
  readonly path: string;
  /** The same, all links followed; of what cannot be taken, as it is named. */
  readonly real: string;
  /** From `Root.name` on. */
  readonly name: string;
  /** Why it is not taken; undefined: it is. `skipped` is as it should be, `failed` is not. */
  readonly problem?: { readonly kind: 'skipped' | 'failed'; readonly reason: string };
}

/** What Seedbed keeps beside files. */
const hiddenName = /^\.seedbed/;

/** @throws ingest-path-unusable for the first path that is neither a file nor a directory; invalid-usage */
export async function rootsOf(given: readonly string[]): Promise<Root[]> {
  const roots = new Map<string, Root>();
  for (const one of given) {
    // As of "$UNSET": path.resolve takes it for the current directory.
    if (one === '')
      throw new SeedbedError('ingest-path-unusable', { path: "''", reason: 'the name is empty' });
    const absolute = path.resolve(one);
    try {
      const real = await realpath(absolute);
      const found = await stat(real);
      if (!found.isFile() && !found.isDirectory())
        throw new SeedbedError('ingest-path-unusable', {
          path: one,
          reason: 'it is neither file nor directory',
        });
      const isDirectory = found.isDirectory();
      const isHere = isDirectory && path.relative(process.cwd(), absolute) === '';
      roots.set(real, { path: absolute, real, isDirectory, name: isHere ? '' : path.basename(absolute) });
    } catch (thrown) {
      if (thrown instanceof SeedbedError) throw thrown;
      throw new SeedbedError('ingest-path-unusable', { path: one, reason: reasonOf(thrown) });
    }
  }
  return [...roots.values()].filter(
    (root) =>
      ![...roots.values()].some(
        (other) => other !== root && other.isDirectory && isInside(root.real, other.real),
      ),
  );
}

/**
 * Every file below the roots, by the names in each directory; only the names of one directory for each level are in memory. A
 * link counts as the file that it leads to if that lies below the same root, where it is found by itself; others are left out.
 */
export async function* findFiles(
  roots: readonly Root[],
  filter: PathFilter,
  recursive: boolean,
): AsyncGenerator<Found> {
  for (const root of roots)
    if (root.isDirectory) yield* below(root, '', filter, recursive);
    else if (filter.takesFile(path.basename(root.path)))
      yield { path: root.path, real: root.real, name: root.name };
}

async function* below(
  root: Root,
  directory: string,
  filter: PathFilter,
  recursive: boolean,
): AsyncGenerator<Found> {
  const absolute = path.join(root.path, directory);
  let entries: Dirent[];
  try {
    entries = await readdir(absolute, { withFileTypes: true });
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT')) yield problem(absolute, 'failed', reasonOf(thrown));
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const relative = directory === '' ? entry.name : `${directory}/${entry.name}`;
    if (hiddenName.test(entry.name)) continue;
    if (entry.isDirectory()) {
      if (recursive && filter.entersDirectory(relative)) yield* below(root, relative, filter, recursive);
      continue;
    }
    if (!filter.takesFile(relative)) continue;
    const file = path.join(root.path, relative);
    if (relative.includes('\uFFFD')) yield problem(file, 'failed', 'its name is not UTF-8');
    else if (entry.isFile()) {
      const real = path.join(root.real, relative); // no link is followed below the root
      yield { path: file, real, name: path.posix.join(root.name, relative) };
    } else if (entry.isSymbolicLink()) yield problem(file, 'skipped', await aboutLink(root, file));
    else yield problem(file, 'skipped', 'it is no file, but a device, a socket or a pipe');
  }
}

async function aboutLink(root: Root, file: string): Promise<string> {
  try {
    const real = await realpath(file);
    if (!isInside(real, root.real)) return `it is a link that leads out of ${root.path}`;
    return (await lstat(real)).isDirectory()
      ? 'it is a link to a directory'
      : 'it is a link to a file beside it';
  } catch (thrown) {
    return `it is a link that leads nowhere: ${reasonOf(thrown)}`;
  }
}

function problem(file: string, kind: 'skipped' | 'failed', reason: string): Found {
  return { path: file, real: file, name: '', problem: { kind, reason } };
}
