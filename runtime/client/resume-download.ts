import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, SeedbedError } from '../errors/index.ts';
import type { Persistence } from './retries.ts';
import type { Transport } from './transport.ts';

/** How often a download may be cut without a byte that arrived. */
const mostCuts = 5;

export interface ResumeOptions {
  /** Bytes that the file has, as far as the catalogue knows. */
  readonly size: number;
  readonly signal?: AbortSignal | undefined;
  /** Is told of bytes that are there: at first of those of an earlier attempt, then of each piece. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /** With which it is asked for again where the service cannot answer now. */
  readonly persistence?: Persistence | undefined;
}

/** A file that is whole, still under the name of what is being fetched. */
export interface Draft {
  readonly path: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * Fetches a file of the service into a draft in a directory. What is cut, or was left by a command that was stopped or
 * killed, goes on where it ended, unless the service has another version by now. A draft that is not whole stays. Its checksum is taken as the bytes come, and only
 * what an earlier command left is read once more.
 * @throws download-damaged, content-unavailable, service-unreachable
 */
export async function resumeDownload(
  transport: Transport,
  id: number,
  directory: string,
  { size: whole, signal, onBytes, persistence }: ResumeOptions,
): Promise<Draft> {
  let draft = await leftDraft(directory, id);
  let handle: FileHandle | undefined;
  let hash = createHash('sha256');
  /** Bytes that the hash has seen. */
  let hashed = 0;
  let sha256: string;
  try {
    let size = 0;
    if (draft) {
      handle = await open(draft.path, 'r+');
      size = draft.size > whole ? 0 : draft.size;
      onBytes?.(size);
    }
    for (let cuts = 0; !draft || size < whole;) {
      const before = size;
      let isAnswered = false;
      try {
        const headers: Record<string, string> =
          draft && size > 0 ? { Range: `bytes=${size}-`, 'If-Range': draft.tag } : {};
        const response = await transport.send('GET', `/files/${id}/content/`, {
          headers,
          ...{ streams: true, signal, persistence },
        });
        isAnswered = true;
        const tag = response.headers.get('etag') ?? '';
        if (response.status !== 206) {
          if (size > 0) onBytes?.(-size);
          size = hashed = 0;
          hash = createHash('sha256');
          if (draft?.tag !== tag) {
            await handle?.close();
            if (draft) await rm(draft.path, { force: true });
            draft = { path: path.join(directory, draftName(id, tag)), tag, size: 0 };
            handle = await open(draft.path, 'w');
          }
          await handle!.truncate();
        }
        for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
          if (hashed < size) hashed = await hashRest(hash, draft!.path, hashed, size);
          await writeAll(handle!, chunk, size);
          hash.update(chunk);
          hashed = size += chunk.length;
          onBytes?.(chunk.length);
        }
        break;
      } catch (thrown) {
        if (signal?.aborted) throw thrown;
        if (isErrno(thrown, 'ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EISDIR')) throw thrown;
        const error = transport.unreachable(thrown);
        cuts = size > before ? 0 : cuts + 1;
        const isLost = error.error === 'service-unreachable' && (isAnswered || !persistence);
        if (!isLost || cuts > mostCuts) throw error;
      }
    }
    if (hashed < size) await hashRest(hash, draft!.path, hashed, size);
    await handle!.sync();
    sha256 = hash.digest('hex');
  } finally {
    await handle?.close();
  }
  const expected = /^"([0-9a-f]{64})"$/.exec(draft!.tag)?.[1];
  if (expected === undefined || expected === sha256) return { path: draft!.path, sha256 };
  await rm(draft!.path, { force: true });
  throw new SeedbedError('download-damaged', { file: id, found: sha256, expected });
}

/** @returns how many bytes the hash has seen then */
async function hashRest(hash: Hash, file: string, from: number, to: number): Promise<number> {
  const stream = createReadStream(file, { start: from, end: to - 1, highWaterMark: 2 ** 20 });
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return to;
}

/** Hidden, and says of which version it is. */
function draftName(id: number, tag: string): string {
  const text = tag.length > 120 ? createHash('sha256').update(tag).digest('hex') : tag;
  return `.seedbed-get-${id}~${Buffer.from(text).toString('base64url')}.part`;
}

async function leftDraft(
  directory: string,
  id: number,
): Promise<{ readonly path: string; readonly tag: string; readonly size: number } | undefined> {
  const [name] = (await readdir(directory)).filter((one) => one.startsWith(`.seedbed-get-${id}~`));
  if (name === undefined) return undefined;
  const tag = Buffer.from(name.slice(name.indexOf('~') + 1, -'.part'.length), 'base64url').toString();
  const place = path.join(directory, name);
  return { path: place, tag, size: (await stat(place)).size };
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let from = 0; from < chunk.length;)
    from += (await handle.write(chunk, from, chunk.length - from, position + from)).bytesWritten;
}
