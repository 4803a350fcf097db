import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { InputFile } from '../../../manifest/index.ts';
import type { Rows, WrittenRow } from './row.ts';

/**
 * The files of a directory, in the order of their names' bytes. Directories in it are not entered; hidden files are left
 * out, and counted. Only the names are held in memory.
 * @throws batch-directory-unreadable
 */
export async function directoryRows(given: string, input: InputFile): Promise<Rows> {
  if (given === '')
    throw new SeedbedError('batch-directory-unreadable', { path: "''", reason: 'the name is empty' });
  const directory = path.resolve(given);
  const names: string[] = [];
  let hidden = 0;
  let directories = 0;
  try {
    for await (const entry of await opendir(directory, { bufferSize: 1024 })) {
      const isDirectory =
        entry.isDirectory() ||
        (entry.isSymbolicLink() && (await leadsToDirectory(path.join(directory, entry.name))));
      if (isDirectory) directories++;
      else if (entry.name.startsWith('.')) hidden++;
      else names.push(entry.name);
    }
  } catch (thrown) {
    const reason = isErrno(thrown, 'ENOENT') ? 'there is no such directory' : reasonOf(thrown);
    throw new SeedbedError('batch-directory-unreadable', { path: directory, reason });
  }
  names.sort(inOrderOfBytes);
  const notes = [
    ...(hidden > 0 ? [`${counted(hidden, 'hidden file')} left out.`] : []),
    ...(directories > 0 ? [`${counted(directories, 'directory', 'directories')} not entered.`] : []),
  ].map((description) => ({ name: 'left-out', description }));
  return {
    total: names.length,
    notes,
    read: () => rowsOf(directory, names, input),
    close: async () => undefined,
  };
}

async function* rowsOf(
  directory: string,
  names: readonly string[],
  input: InputFile,
): AsyncGenerator<WrittenRow> {
  for (const [at, name] of names.entries())
    yield { number: at + 1, line: null, given: new Map([[input.name, [path.join(directory, name)]]]) };
}

async function leadsToDirectory(link: string): Promise<boolean> {
  return (await stat(link).catch(() => undefined))?.isDirectory() ?? false;
}

/** JavaScript compares UTF-16, in which characters beyond U+FFFF come before some others. */
function inOrderOfBytes(a: string, b: string): number {
  const isPlain = !/[\ud800-\udfff]/.test(a + b);
  return isPlain ? (a < b ? -1 : a > b ? 1 : 0) : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one} was` : `${count} ${many} were`;
}
