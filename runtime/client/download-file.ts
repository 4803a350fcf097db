import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
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
    for (let cuts = 0; ;)
      try {
        const headers: Record<string, string> =
          tag === null || size === 0 ? {} : { Range: `bytes=${size}-`, 'If-Range': tag };
        const response = await transport.send('GET', `/files/${id}/content/`, { headers, streams: true });
        tag = response.headers.get('etag');
        const flags = response.status === 206 ? 'a' : 'w';
        const content = response.body as ReadableStream<Uint8Array> | null;
        await pipeline(
          content ? Readable.fromWeb(content) : Readable.from([]),
          createWriteStream(draft, { flags }),
        );
        break;
      } catch (thrown) {
        if (isErrno(thrown, 'ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EISDIR')) throw thrown;
        const error = transport.unreachable(thrown);
        const arrived = (await stat(draft).catch(() => undefined))?.size ?? 0;
        cuts = arrived > size ? 0 : cuts + 1;
        if (error.error !== 'service-unreachable' || cuts > mostCuts) throw error;
        size = arrived;
      }
    const sha256 = await kept(draft);
    const expected = /^"([0-9a-f]{64})"$/.exec(tag ?? '')?.[1];
    if (expected !== undefined && expected !== sha256)
      throw new SeedbedError('download-damaged', { file: id, found: sha256, expected });
    await rename(draft, target);
    return sha256;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Its checksum, of what is on the disk. */
async function kept(file: string): Promise<string> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return checksumOf(file);
}
