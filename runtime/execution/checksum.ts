import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';

const chunkBytes = 1 << 20;

/**
 * SHA-256 and size of a file in one pass, one buffer at a time.
 * @param settle called with the open file after the last byte, e.g. to sync it
 */
export async function checksum(
  path: string,
  options: { signal?: AbortSignal | undefined; settle?: (file: FileHandle) => Promise<void> } = {},
): Promise<{ sha256: string; size: number }> {
  const file = await open(path, 'r');
  try {
    const { size: expected } = await file.stat();
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, expected + 1)));
    let size = 0;
    for (;;) {
      options.signal?.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
      // All that was there, and room for more in the buffer: that is the end, and one call less for each small file.
      if (size === expected && bytesRead < buffer.length) break;
    }
    await options.settle?.(file);
    return { sha256: hash.digest('hex'), size };
  } finally {
    await file.close();
  }
}

/** Above this many files one sync of the whole file system is cheaper than one for each (a flush costs 1–5 ms). */
export const manyFiles = 32;

/** Flushes the file system that holds `directory` (syncfs); where the command is missing, the kernel does it in its own time. */
export async function syncFileSystem(directory: string): Promise<void> {
  await promisify(execFile)('sync', ['-f', directory]).catch(() => undefined);
}
