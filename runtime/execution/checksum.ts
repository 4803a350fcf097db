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

/**
 * Runs `work` over `items`, at most `width` at a time. After a failure nothing more is begun; it ends when all that was
 * begun has ended.
 * @returns the results in the order of the items
 * @throws the failure of the first item, in that order, that failed
 */
export async function mapInParallel<Item, Value>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const results = new Array<Value>(items.length);
  const failures = new Map<number, unknown>();
  let next = 0;
  const worker = async () => {
    while (next < items.length && failures.size === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (thrown) {
        failures.set(index, thrown);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
  return results;
}

/** Above this many files one sync of the whole file system is cheaper than one for each (a flush costs 1–5 ms). */
export const manyFiles = 32;

/** Flushes the file system that holds `directory` (syncfs); where the command is missing, the kernel does it in its own time. */
export async function syncFileSystem(directory: string): Promise<void> {
  await promisify(execFile)('sync', ['-f', directory]).catch(() => undefined);
}
