import { randomBytes, randomUUID } from 'node:crypto';
import { constants, link, mkdir, open, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../errors/index.ts';

/** Bytes that are read of a key file: a key has 44 characters. */
const longest = 1024;

/** The text of a key file. @throws secret-key-unusable when it is missing, no file, or others may read it */
export async function readKeyFile(file: string): Promise<string> {
  const refuse = (reason: string) => new SeedbedError('secret-key-unusable', { where: file, reason });
  try {
    // Opening a pipe would wait for its writer.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw refuse('it is not a regular file');
      if ((found.mode & 0o077) !== 0)
        throw refuse(`others may use it: its mode is ${(found.mode & 0o777).toString(8)}`);
      if (found.uid !== 0 && found.uid !== process.getuid?.())
        throw refuse(`it belongs to another user, ${found.uid}`);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(longest), 0, longest, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw thrown instanceof SeedbedError ? thrown : refuse(reasonOf(thrown));
  }
}

/**
 * Makes a key file where there is none. It gets its name when it is whole and on disk, and only if the name is still
 * free: of several processes at once the first has made it, and all read the same.
 * @throws home-unusable
 */
export async function makeKeyFile(file: string): Promise<void> {
  const draft = `${file}.tmp-${process.pid}-${randomUUID().slice(0, 8)}`;
  const directory = path.dirname(file);
  try {
    if (await stat(file).catch(() => undefined)) return;
    await mkdir(directory, { recursive: true });
    try {
      await write(draft, `${randomBytes(32).toString('base64')}\n`);
      await link(draft, file);
    } finally {
      await rm(draft, { force: true });
    }
    await flush(directory);
  } catch (thrown) {
    if (isErrno(thrown, 'EEXIST')) return;
    throw new SeedbedError('home-unusable', { directory, reason: reasonOf(thrown) }, { cause: thrown });
  }
}

async function write(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Without it a crash of the machine could lose the key after secrets were encrypted with it. */
async function flush(directory: string): Promise<void> {
  const handle = await open(directory, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
