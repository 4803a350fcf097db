import { chown, type FileHandle, link, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { isErrno } from '../errors/index.ts';

/**
 * Makes a file, whole or not at all, also when it is killed meanwhile.
 * @throws errors of the operating system, EEXIST where there is something already
 */
export async function createFile(file: string, text: string, mode = 0o644): Promise<void> {
  const next = nextTo(file);
  await writeNew(next, text, mode);
  try {
    await link(next, file);
  } catch (thrown) {
    // Not every file system has second names.
    if (!isErrno(thrown, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP')) throw thrown;
    await writeNew(file, text, mode);
  } finally {
    await rm(next, { force: true });
  }
}

async function writeNew(file: string, text: string, mode?: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
  } catch (thrown) {
    await rm(file, { force: true });
    throw thrown;
  } finally {
    await handle.close();
  }
}

/** What is written before it gets its name. */
function nextTo(file: string): string {
  return `${file}.seedbed-${process.pid}`;
}

/**
 * Gives a file another content, whole or not at all. A link stays one, and mode and owner stay as they are. What is no
 * regular file (`/dev/stdout`), or is in a directory that takes no new file, is written to as it is.
 * @throws errors of the operating system
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const { real, found } = await existing(file);
  if (found && !found.isFile()) return writeFile(real, text);
  const next = nextTo(real);
  try {
    await writeNew(next, text, found && found.mode & 0o777);
    if (found) await chown(next, found.uid, found.gid).catch(() => undefined);
    await rename(next, real);
  } catch (thrown) {
    await rm(next, { force: true }).catch(() => undefined);
    if (found && isErrno(thrown, 'EACCES', 'EPERM')) return writeFile(real, text);
    throw thrown;
  }
}

async function existing(file: string) {
  try {
    const real = await realpath(file);
    return { real, found: await stat(real) };
  } catch (thrown) {
    if (!isErrno(thrown, 'ENOENT')) throw thrown;
    return { real: file, found: undefined };
  }
}

/**
 * Gives a file another content that is made piece by piece, whole or not at all, and on the disk when it is there.
 * @throws errors of the operating system, and what the pieces throw
 */
export async function replaceFileBy(file: string, pieces: AsyncIterable<string>): Promise<void> {
  const next = nextTo(file);
  const handle = await open(next, 'w');
  try {
    try {
      await writePieces(handle, pieces);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (thrown) {
    await rm(next, { force: true });
    throw thrown;
  }
}

/** Small pieces are put together: a call to the system costs more than they do. */
async function writePieces(handle: FileHandle, pieces: AsyncIterable<string>): Promise<void> {
  let text = '';
  for await (const piece of pieces) {
    text += piece;
    if (text.length < 1 << 16) continue;
    await handle.appendFile(text);
    text = '';
  }
  await handle.appendFile(text);
}
