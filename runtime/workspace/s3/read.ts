import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { SeedbedError } from '../../errors/index.ts';
import type { ByteRange } from '../workspace.ts';
import type { S3Connection } from './connection.ts';
import { isAbsent, isBeyondEnd, isPassing, s3Error } from './errors.ts';

/**
 * Streams an object. Where the connection is cut, or too few bytes come, it asks for the rest of the very same content
 * (`If-Match`), until nothing has come for as many tries as a request has.
 * @throws file-not-in-workspace
 */
export async function readObject(
  connection: S3Connection,
  filePath: string,
  { start = 0, end = Infinity }: ByteRange,
  signal: AbortSignal | undefined,
): Promise<Readable> {
  const missing = () =>
    new SeedbedError('file-not-in-workspace', { path: filePath, workspace: connection.workspace });
  const { size, tag } = await connection.use('read a file', async (client, sdk) => {
    try {
      const head = new sdk.HeadObjectCommand({ Bucket: connection.bucket, Key: connection.key(filePath) });
      const found = await client.send(head, { ...(signal && { abortSignal: signal }) });
      return { size: found.ContentLength ?? 0, tag: found.ETag };
    } catch (thrown) {
      if (isAbsent(thrown)) throw missing();
      throw thrown;
    }
  });
  const last = Math.min(end, size - 1);
  if (last < start) return Readable.from([]);
  const chunks = rest(connection, filePath, start, last, tag, signal);
  // The first bytes are awaited: what cannot be read is said before anything is answered.
  const first = await chunks.next();
  if (first.done) return Readable.from([]);
  return Readable.from(
    (async function* () {
      yield first.value;
      yield* chunks;
    })(),
    { objectMode: false, highWaterMark: 2 ** 18, ...(signal && { signal }) },
  );
}

async function* rest(
  connection: S3Connection,
  filePath: string,
  from: number,
  last: number,
  tag: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const { client, sdk } = await connection.open();
  let at = from;
  let tries = 0;
  while (at <= last) {
    const before = at;
    try {
      const command = new sdk.GetObjectCommand({
        ...{ Bucket: connection.bucket, Key: connection.key(filePath), Range: `bytes=${at}-${last}` },
        ...(tag !== undefined && { IfMatch: tag }),
      });
      const { Body } = await client.send(command, { ...(signal && { abortSignal: signal }) });
      for await (const chunk of Body as Readable as AsyncIterable<Buffer>) {
        // What a broken store sends on top of the range is none of it.
        const wanted = chunk.length > last + 1 - at ? chunk.subarray(0, last + 1 - at) : chunk;
        at += wanted.length;
        yield wanted;
        if (at > last) return;
      }
      throw Object.assign(new Error(`the answer ended ${last + 1 - at} bytes too early`), {
        name: 'IncompleteBody',
      });
    } catch (thrown) {
      signal?.throwIfAborted();
      if (isAbsent(thrown) || isBeyondEnd(thrown) || isChanged(thrown))
        throw new SeedbedError('file-unusable', {
          ...{ path: filePath, workspace: connection.workspace, done: 'read' },
          reason: 'it was changed or deleted meanwhile',
        });
      tries = at > before ? 1 : tries + 1;
      if (!isPassing(thrown) || tries >= connection.limits.attempts) throw toError(thrown, connection);
      await sleep(50 * 2 ** tries, undefined, { ...(signal && { signal }) });
    }
  }
}

function isChanged(thrown: unknown): boolean {
  return (thrown as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode === 412;
}

function toError(thrown: unknown, { workspace, where, bucket }: S3Connection): unknown {
  return s3Error(thrown, { workspace, where, bucket, action: 'read a file' });
}
