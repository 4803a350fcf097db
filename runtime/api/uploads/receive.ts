import { createHash } from 'node:crypto';
import { open, statfs } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { SeedbedError } from '../../errors/index.ts';

/** Bytes that stay free on the disk, for the database and the logs beside it. */
const reserve = 64 * 2 ** 20;
/** Bytes between two looks at the free space, where the length is not known before. */
const lookEvery = 64 * 2 ** 20;

export interface Received {
  /** Bytes of the content afterwards. */
  readonly offset: number;
  /** SHA-256 of the content, where it all came at once. */
  readonly sha256: string | undefined;
}

/** @throws no-room-for-file when the disk has less free than `size` bytes */
export async function expectRoom(directory: string, size: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = Math.max(0, bavail * bsize - reserve);
  if (size > free) throw new SeedbedError('no-room-for-file', { size, free });
}

/**
 * Writes a request's body into a file from an offset on, as it comes.
 * @param stop ends the request whose body it is
 * @param most bytes that the file may have afterwards; null: as many as the disk has room for
 * @throws incomplete-body when the connection ends early, what came stays; invalid-request for more than `most`, and then
 * nothing of it stays
 */
export async function receive(
  body: Readable,
  file: string,
  offset: number,
  most: number | null,
  stop: AbortSignal,
): Promise<Received> {
  const hash = offset === 0 ? createHash('sha256') : undefined;
  const handle = await open(file, 'r+');
  let at = offset;
  let looked = offset;
  try {
    for await (const chunk of interruptible(body, stop, () => at - offset)) {
      if (most !== null && at + chunk.length > most) {
        await handle.truncate(offset);
        throw new SeedbedError('invalid-request', {
          problem: `The body has more bytes than the upload, which has ${most} in all`,
        });
      }
      if (most === null && at - looked >= lookEvery) {
        await expectRoom(file, chunk.length);
        looked = at;
      }
      hash?.update(chunk);
      await writeAll(handle, chunk, at);
      at += chunk.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { offset: at, sha256: hash?.digest('hex') };
}

async function writeAll(
  handle: Awaited<ReturnType<typeof open>>,
  chunk: Buffer,
  position: number,
): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const { bytesWritten } = await handle.write(chunk, done, chunk.length - done, position + done);
    done += bytesWritten;
  }
}

/** A body that broke off, or was taken over by another request, as an error that says how much came. */
async function* interruptible(
  body: Readable,
  stop: AbortSignal,
  received: () => number,
): AsyncGenerator<Buffer> {
  // Not the next chunk's business: a sender that is gone without a word sends none.
  const cut = () => body.destroy();
  stop.addEventListener('abort', cut);
  try {
    if (stop.aborted) cut();
    yield* body as AsyncIterable<Buffer>;
    stop.throwIfAborted();
  } catch (thrown) {
    if (thrown instanceof SeedbedError) throw thrown;
    throw new SeedbedError('incomplete-body', { received: received() }, { cause: thrown });
  } finally {
    stop.removeEventListener('abort', cut);
  }
}
