import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isErrno } from '../errors/index.ts';

/** One line of /proc/mounts. */
interface Mount {
  /** `server:/export` */
  readonly source: string;
  readonly target: string;
}

/** Where the machine's mounts stand. */
const table = '/proc/self/mounts';

/**
 * Where an NFS path is mounted here: its own mount, or that of a directory above it. Of several the last one counts, as for
 * the system.
 * @param nfsPath `server:/export/directory`
 * @returns an absolute path; undefined when it is not mounted
 */
export async function nfsDirectory(nfsPath: string, read = readTable): Promise<string | undefined> {
  const wanted = withoutSlash(nfsPath);
  const found = parseMounts(await read())
    .filter(({ source }) => isAtOrBelow(wanted, withoutSlash(source)))
    .sort((a, b) => a.source.length - b.source.length)
    .at(-1);
  return found && path.join(found.target, wanted.slice(withoutSlash(found.source).length));
}

/** Whether a directory lies in what is mounted of an NFS path. */
export async function isMountedAt(nfsPath: string, directory: string, read = readTable): Promise<boolean> {
  const mounts = parseMounts(await read());
  const wanted = withoutSlash(nfsPath);
  return mounts.some(({ source, target }) => {
    const from = withoutSlash(source);
    return isAtOrBelow(wanted, from) && path.join(target, wanted.slice(from.length)) === directory;
  });
}

/** Spaces, tabs, line ends and backslashes stand as octal numbers there. */
function parseMounts(text: string): Mount[] {
  const plain = (word: string) =>
    word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
  return text.split('\n').flatMap((line) => {
    const [source, target] = line.split(' ');
    return source === undefined || target === undefined
      ? []
      : [{ source: plain(source), target: plain(target) }];
  });
}

function isAtOrBelow(inner: string, outer: string): boolean {
  return (
    outer.includes(':/') && (inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`))
  );
}

/** `server:/` stays. */
function withoutSlash(nfsPath: string): string {
  return nfsPath.replace(/(?<!:)\/+$/, '');
}

async function readTable(): Promise<string> {
  try {
    return await readFile(table, 'utf8');
  } catch (thrown) {
    // Another system than Linux: nothing is known of its mounts.
    if (isErrno(thrown, 'ENOENT')) return '';
    throw thrown;
  }
}
