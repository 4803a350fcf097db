import { createHash } from 'node:crypto';
import type { CompletedPart } from '@aws-sdk/client-s3';
import type { S3Connection } from './connection.ts';
import { isAbsent } from './errors.ts';

/** Where an upload has got to. */
export interface Upload {
  readonly id: string;
  /** In order, without gaps. */
  readonly parts: CompletedPart[];
  /** Of these parts together. */
  readonly bytes: number;
}

/** The whole content of an object; the store refuses it when its MD5 is another. */
export async function putObject(
  connection: S3Connection,
  key: string,
  body: Buffer,
  signal?: AbortSignal,
): Promise<void> {
  const { bucket } = connection;
  await connection.use('write a file', (client, sdk) =>
    client.send(
      new sdk.PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentMD5: md5(body) }),
      abort(signal),
    ),
  );
}

export async function startUpload(connection: S3Connection, key: string): Promise<Upload> {
  const { UploadId } = await connection.use('write a file', (client, sdk) =>
    client.send(new sdk.CreateMultipartUploadCommand({ Bucket: connection.bucket, Key: key })),
  );
  return { id: UploadId!, parts: [], bytes: 0 };
}

/** An upload that broke off; undefined when it is no more, or has parts that leave a gap. */
export async function findUpload(
  connection: S3Connection,
  key: string,
  id: string,
): Promise<Upload | undefined> {
  return connection.use('write a file', async (client, sdk) => {
    const parts: CompletedPart[] = [];
    let bytes = 0;
    let marker: string | undefined;
    try {
      do {
        const command = new sdk.ListPartsCommand({
          ...{ Bucket: connection.bucket, Key: key, UploadId: id },
          ...(marker !== undefined && { PartNumberMarker: marker }),
        });
        const page = await client.send(command);
        for (const { PartNumber, ETag, Size = 0 } of page.Parts ?? []) {
          if (PartNumber !== parts.length + 1) return { id, parts, bytes };
          parts.push({ PartNumber, ETag });
          bytes += Size;
        }
        marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
      } while (marker !== undefined);
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined;
      throw thrown;
    }
    return { id, parts, bytes };
  });
}

export async function putPart(
  connection: S3Connection,
  key: string,
  id: string,
  part: number,
  body: Buffer,
  signal?: AbortSignal,
): Promise<CompletedPart> {
  const input = {
    Bucket: connection.bucket,
    Key: key,
    UploadId: id,
    PartNumber: part,
    Body: body,
    ContentMD5: md5(body),
  };
  const { ETag } = await connection.use('write a file', (client, sdk) =>
    client.send(new sdk.UploadPartCommand(input), abort(signal)),
  );
  return { PartNumber: part, ETag };
}

/** The object is there afterwards. Asked again after a cut connection, the store may know the upload no more: then the object tells. */
export async function completeUpload(
  connection: S3Connection,
  key: string,
  { id, parts }: Upload,
): Promise<void> {
  const { bucket } = connection;
  await connection.use('write a file', async (client, sdk) => {
    const input = { Bucket: bucket, Key: key, UploadId: id, MultipartUpload: { Parts: [...parts] } };
    try {
      await client.send(new sdk.CompleteMultipartUploadCommand(input));
    } catch (thrown) {
      if (!isAbsent(thrown)) throw thrown;
      const found = await client.send(new sdk.HeadObjectCommand({ Bucket: bucket, Key: key }));
      if (found.ETag?.replaceAll('"', '') !== tagOf(parts)) throw thrown;
    }
  });
}

/** As good as it can: what is left over costs space until a rule of the bucket removes it. */
export async function abortUpload(connection: S3Connection, key: string, id: string): Promise<void> {
  await connection
    .use('write a file', (client, sdk) =>
      client.send(new sdk.AbortMultipartUploadCommand({ Bucket: connection.bucket, Key: key, UploadId: id })),
    )
    .catch(() => undefined);
}

/** The ETag of an object of parts: the MD5 of their MD5s, and their number. */
function tagOf(parts: readonly CompletedPart[]): string {
  const hash = createHash('md5');
  for (const { ETag = '' } of parts) hash.update(Buffer.from(ETag.replaceAll('"', ''), 'hex'));
  return `${hash.digest('hex')}-${parts.length}`;
}

function md5(body: Buffer): string {
  return createHash('md5').update(body).digest('base64');
}

function abort(signal: AbortSignal | undefined) {
  return signal ? { abortSignal: signal } : {};
}
