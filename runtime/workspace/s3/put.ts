import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { SeedbedError } from '../../errors/index.ts';
import { counted } from '../counted.ts';
import type { ContentSource, PutOptions } from '../workspace.ts';
import type { S3Connection } from './connection.ts';
import { isAbsent } from './errors.ts';
import { inParts, partBytes } from './parts.ts';
import { readObject } from './read.ts';
import {
  abortUpload,
  completeUpload,
  findUpload,
  putObject,
  putPart,
  startUpload,
  type Upload,
} from './upload.ts';

/**
 * Writes an object whole or not at all: what fits into one part by one request, all else part by part, two of which are in memory.
 * With `resume` the upload is noted in a small hidden object beside it, and its parts stay when it breaks off. Parts that lie
 * there cannot be read, so the checksum of an upload that was taken up again is that of the object, read back.
 * @returns SHA-256, hexadecimal
 * @throws content-mismatch
 */
export async function putInParts(
  connection: S3Connection,
  filePath: string,
  source: ContentSource,
  options: PutOptions,
): Promise<string> {
  const { size, sha256, resume, signal } = options;
  const key = connection.key(filePath);
  const named = { path: filePath, workspace: connection.workspace };
  const note = resume === undefined ? undefined : connection.key(noteOf(filePath, resume));
  let upload: Upload | undefined = note === undefined ? undefined : await noted(connection, key, note);
  if (upload && size !== undefined && upload.bytes > size) upload = await forget(connection, key, upload);
  const before = upload?.bytes ?? 0;
  const rest = { ...(size === undefined ? {} : { size: size - before }), ...(before > 0 ? {} : { sha256 }) };
  const count = counted(rest as PutOptions, named);
  let keeps = note !== undefined;
  try {
    let inFlight: Promise<unknown> = Promise.resolve();
    let whole: Buffer | undefined;
    await pipeline(
      await source(before),
      count.through,
      async (chunks: AsyncIterable<Buffer>) => {
        const bytesOf = (part: number) => partBytes(connection.limits.partBytes, size, part);
        for await (const body of inParts(chunks, bytesOf, (upload?.parts.length ?? 0) + 1)) {
          await inFlight;
          if (!upload && body.length < bytesOf(1)) {
            whole = body;
            continue;
          }
          upload ??= await begin(connection, key, note);
          const { id, parts } = upload;
          const part = parts.length + 1;
          parts.push({ PartNumber: part });
          inFlight = putPart(connection, key, id, part, body, signal).then(
            (done) => (parts[part - 1] = done),
          );
          inFlight.catch(() => undefined);
        }
        await inFlight;
      },
      signal ? { signal } : {},
    ).catch(async (thrown: unknown) => {
      // What is on its way counts with the parts that are kept.
      await inFlight.catch(() => undefined);
      throw thrown;
    });
    keeps &&= rest.size !== undefined && count.bytes() < rest.size;
    let found = count.judged();
    signal?.throwIfAborted();
    if (upload) await completeUpload(connection, key, upload);
    else await putObject(connection, key, whole ?? Buffer.alloc(0), signal);
    if (note !== undefined && upload) await remove(connection, note);
    if (before > 0) found = await readBack(connection, filePath, sha256, named);
    return found;
  } catch (thrown) {
    if (upload && (!keeps || count.isTooLong())) {
      await abortUpload(connection, key, upload.id);
      if (note !== undefined) await remove(connection, note).catch(() => undefined);
    }
    throw thrown;
  }
}

async function begin(connection: S3Connection, key: string, note: string | undefined): Promise<Upload> {
  const upload = await startUpload(connection, key);
  if (note !== undefined) await putObject(connection, note, Buffer.from(upload.id));
  return upload;
}

/** An upload of that name that broke off. */
async function noted(connection: S3Connection, key: string, note: string): Promise<Upload | undefined> {
  const id = await connection.use('write a file', async (client, sdk) => {
    try {
      const found = await client.send(new sdk.GetObjectCommand({ Bucket: connection.bucket, Key: note }));
      return await found.Body!.transformToString();
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      throw thrown;
    }
  });
  return id === undefined ? undefined : findUpload(connection, key, id);
}

async function forget(connection: S3Connection, key: string, { id }: Upload): Promise<undefined> {
  await abortUpload(connection, key, id);
  return undefined;
}

async function remove(connection: S3Connection, key: string): Promise<void> {
  await connection.use('delete a file', (client, sdk) =>
    client.send(new sdk.DeleteObjectCommand({ Bucket: connection.bucket, Key: key })),
  );
}

async function readBack(
  connection: S3Connection,
  filePath: string,
  sha256: string | undefined,
  named: { path: string; workspace: string },
): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of await readObject(connection, filePath, {}, undefined))
    hash.update(chunk as Buffer);
  const found = hash.digest('hex');
  if (sha256 === undefined || sha256.toLowerCase() === found) return found;
  await remove(connection, connection.key(filePath));
  throw new SeedbedError('content-mismatch', { ...named, problem: `its SHA-256 is ${found}, not ${sha256}` });
}

function noteOf(filePath: string, resume: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([filePath, resume]))
    .digest('hex');
  return `.seedbed-uploads/${hash.slice(0, 32)}`;
}
