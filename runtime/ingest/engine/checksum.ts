import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Workspace } from '../../workspace/index.ts';

const chunkBytes = 1 << 20;

export interface Read {
  /** Hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  /** `FileEntry.version`, once it was read. */
  readonly version: string;
}

/**
 * SHA-256 of a file of this machine: small ones in one read.
 * @param file absolute; no link
 * @param expected bytes that it probably has
 */
export async function readFile(file: string, expected: number, signal: AbortSignal): Promise<Read> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, expected + 1)));
    let size = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      size += bytesRead;
      // All that was there, and room for more: that is the end, and one call less for each small file.
      if (size === expected && bytesRead < buffer.length) break;
    }
    const { mtimeNs, ino } = await handle.stat({ bigint: true });
    return { sha256: hash.digest('hex'), size, version: `${mtimeNs}-${ino}` };
  } finally {
    await handle.close();
  }
}

/** SHA-256 of a file anywhere. */
export async function streamedChecksum(
  workspace: Workspace,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await workspace.open(path, undefined, signal)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
