import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { encodeTarHeader, tarEnd, tarPadding } from './tar-header.ts';

/** One thing to send; `name` is relative to where the archive is unpacked. */
export type TarEntry =
  | { readonly type: 'directory'; readonly name: string; readonly mode: number }
  | { readonly type: 'symlink'; readonly name: string; readonly linkname: string }
  | {
      readonly type: 'file';
      readonly name: string;
      /** Absolute path of the file that is read. */
      readonly source: string;
      /** Its mode in the archive, from its own. */
      readonly mode: (own: number) => number;
    }
  | { readonly type: 'file'; readonly name: string; readonly content: Buffer; readonly mode: number };

/** Bytes of a file in memory at once. */
const blockSize = 256 * 1024;

/**
 * A tar archive, made as it is read: one block of one file in memory, whatever the number and size of the files.
 * (tar-stream's own writer buffers headers without limit.) Without times, so that the same files give the same bytes.
 */
export async function* tarball(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): AsyncGenerator<Buffer> {
  for await (const entry of entries) {
    if (entry.type !== 'file') {
      const mode = entry.type === 'directory' ? entry.mode : 0o777;
      yield encodeTarHeader({
        ...entry,
        mode,
        size: 0,
        name: entry.name + (entry.type === 'directory' ? '/' : ''),
      });
    } else if ('content' in entry) {
      const { content } = entry;
      yield Buffer.concat([
        encodeTarHeader({ ...entry, size: content.length }),
        content,
        tarPadding(content.length),
      ]);
    } else yield* fileEntry(entry.name, entry.source, entry.mode);
  }
  yield tarEnd;
}

async function* fileEntry(
  name: string,
  source: string,
  mode: (own: number) => number,
): AsyncGenerator<Buffer> {
  // Without O_NONBLOCK, a named pipe put in the file's place would be waited for.
  const handle = await open(source, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size, mode: own } = await handle.stat();
    yield encodeTarHeader({ type: 'file', name, mode: mode(own & 0o7777), size });
    for (let at = 0; at < size;) {
      const length = Math.min(blockSize, size - at);
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
      if (bytesRead === 0) throw new Error(`${source} became shorter while it was read`);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    yield tarPadding(size);
  } finally {
    await handle.close();
  }
}
