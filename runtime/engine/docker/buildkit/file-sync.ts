import { createReadStream } from 'node:fs';
import type { Call } from './grpc.ts';
import { encode, Message } from './protobuf.ts';

/** One thing in a directory that the builder reads. */
export interface SyncEntry {
  /** Relative, with `/`. */
  readonly path: string;
  readonly type: 'directory' | 'file' | 'symlink';
  /** Permissions with set-uid, set-gid and sticky bits. */
  readonly mode: number;
  readonly size: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  readonly linkname?: string;
  /** A file's content: a path, or the bytes themselves. */
  readonly content?: string | Buffer;
}

export type FileSet = readonly SyncEntry[];

const packet = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

/** Bytes of a file in one message, as BuildKit's own client sends. */
const blockSize = 32 * 1024;

/**
 * Sends a directory (tonistiigi/fsutil): first every entry's description, in order; then the content of the files that
 * the builder asks for by their place in that order, until it has all it wants.
 */
export async function sendFiles(call: Call, files: FileSet): Promise<void> {
  const sorted = [...files].sort((a, b) => Buffer.compare(orderOf(a.path), orderOf(b.path)));
  const describing = (async () => {
    for (const entry of sorted) await call.send(encodePacket(packet.stat, [[2, encodeStat(entry)]]));
    await call.send(encodePacket(packet.stat, []));
  })();
  // It fails with the call, whose messages then end or fail too.
  describing.catch(() => {});
  for await (const bytes of call.messages) {
    const message = new Message(bytes);
    const type = message.number(1);
    if (type === packet.error) throw new Error(message.text(4));
    if (type === packet.end) {
      await describing;
      return call.send(encodePacket(packet.end, []));
    }
    if (type === packet.request) await sendContent(call, message.number(3), sorted);
  }
}

async function sendContent(call: Call, id: number, files: FileSet): Promise<void> {
  const { content } = files[id] ?? {};
  if (content === undefined) throw new Error(`there is no file with the number ${id}`);
  const blocks =
    typeof content === 'string'
      ? (createReadStream(content, { highWaterMark: blockSize }) as AsyncIterable<Buffer>)
      : blocksOf(content);
  for await (const block of blocks)
    await call.send(
      encodePacket(packet.data, [
        [3, id],
        [4, block],
      ]),
    );
  await call.send(encodePacket(packet.data, [[3, id]]));
}

function* blocksOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += blockSize) yield content.subarray(at, at + blockSize);
}

/** Parents before their children, and these before what else begins with the same letters. */
function orderOf(path: string): Buffer {
  return Buffer.from(path.replaceAll('/', '\0'));
}

function encodePacket(type: number, fields: readonly (readonly [number, number | Uint8Array])[]): Buffer {
  return encode([[1, type], ...fields]);
}

/** Go's os.FileMode keeps kinds and special bits elsewhere than Unix. */
const goMode = { directory: 2 ** 31, symlink: 2 ** 27, setuid: 2 ** 23, setgid: 2 ** 22, sticky: 2 ** 20 };

/** Owned by root, as all that is copied into an image. */
function encodeStat({ path, type, mode, size, modified, linkname }: SyncEntry): Buffer {
  const special =
    (mode & 0o4000 ? goMode.setuid : 0) +
    (mode & 0o2000 ? goMode.setgid : 0) +
    (mode & 0o1000 ? goMode.sticky : 0);
  const kind = type === 'directory' ? goMode.directory : type === 'symlink' ? goMode.symlink : 0;
  return encode([
    [1, path],
    [2, kind + special + (mode & 0o777)],
    [5, type === 'file' ? size : 0],
    [6, modified],
    ...(linkname === undefined ? [] : [[7, linkname] as const]),
  ]);
}
