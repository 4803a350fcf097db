import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { isErrno } from '../errors/index.ts';
import type { Transport } from './transport.ts';

/** How often a download may be cut without a byte that arrived. */
const mostCuts = 5;

/**
 * Fetches a file of the service, under another name until it is whole. What is cut goes on where it stopped.
 * @param target its path here
 */
export async function downloadFile(transport: Transport, id: number, target: string): Promise<void> {
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
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}
