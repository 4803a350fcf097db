import { urlPath } from '../url.ts';
import type { FileEntry } from '../workspace.ts';
import type { S3Connection } from './connection.ts';
import { abortUpload, completeUpload, startUpload } from './upload.ts';

/** Within the bucket; above 5 GiB, which is the most that one request copies, part by part. */
export async function copyObject(connection: S3Connection, from: FileEntry, to: string): Promise<void> {
  const { bucket, limits } = connection;
  const source = `${bucket}/${urlPath(connection.key(from.path))}`;
  const key = connection.key(to);
  if (from.size <= limits.copyBytes) {
    const input = { Bucket: bucket, Key: key, CopySource: source };
    await connection.use('copy a file', (client, sdk) => client.send(new sdk.CopyObjectCommand(input)));
    return;
  }
  const upload = await startUpload(connection, key);
  try {
    const step = Math.max(limits.partBytes, Math.ceil(from.size / 9_000));
    for (let start = 0; start < from.size; start += step) {
      const part = upload.parts.length + 1;
      const { CopyPartResult } = await connection.use('copy a file', (client, sdk) =>
        client.send(
          new sdk.UploadPartCopyCommand({
            ...{ Bucket: bucket, Key: key, UploadId: upload.id, PartNumber: part, CopySource: source },
            ...{ CopySourceIfMatch: `"${from.version}"` },
            CopySourceRange: `bytes=${start}-${Math.min(start + step, from.size) - 1}`,
          }),
        ),
      );
      upload.parts.push({ PartNumber: part, ETag: CopyPartResult?.ETag });
    }
    await completeUpload(connection, key, upload);
  } catch (thrown) {
    await abortUpload(connection, key, upload.id);
    throw thrown;
  }
}
