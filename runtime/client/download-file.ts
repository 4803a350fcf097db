import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { isErrno, SeedbedError } from '../errors/index.ts';
import { checksumOf } from './checksum.ts';
import type { Transport } from './transport.ts';

/** How often a download may be cut without a byte that arrived. */
const mostCuts = 5;

/**
 * Fetches a file of the service, under another name until it is whole and on the disk. What is cut goes on where it
 * stopped.
 * @param target its path here
 * @returns its SHA-256, hexadecimal
 * @throws download-damaged, content-unavailable, service-unreachable
 */
export async function downloadFile(transport: Transport, id: number, target: string): Promise<string> {
  const draft = `${target}.part`;
  let tag: string | null = null;
  let size = 0;
  try {
    const handle = await open(draft, 'w');
    try {
      for (let cuts = 0; ;) {
        const before = size;
        try {
          const headers: Record<string, string> =
            tag === null || size === 0 ? {} : { Range: `bytes=${size}-`, 'If-Range': tag };
          const response = await transport.send('GET', `/files/${id}/content/`, { headers, streams: true });
          tag = response.headers.get('etag');
          if (response.status !== 206) {
            size = 0;
            await handle.truncate();
          }
          // By position, one after the other: of a write that a cut has overtaken nobody knows how far it came.
          for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
            await writeAll(handle, chunk, size);
            size += chunk.length;
          }
          break;
        } catch (thrown) {
          if (isErrno(thrown, 'ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EISDIR')) throw thrown;
          const error = transport.unreachable(thrown);
          cuts = size > before ? 0 : cuts + 1;
          if (error.error !== 'service-unreachable' || cuts > mostCuts) throw error;
        }
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    const sha256 = await checksumOf(draft);
    const expected = /^"([0-9a-f]{64})"$/.exec(tag ?? '')?.[1];
    if (expected !== undefined && expected !== sha256)
      throw new SeedbedError('download-damaged', { file: id, found: sha256, expected });
    await rename(draft, target);
    return sha256;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let from = 0; from < chunk.length;)
    from += (await handle.write(chunk, from, chunk.length - from, position + from)).bytesWritten;
}
