import { compareBytes } from '../byte-order.ts';
import { isListed } from '../inside.ts';
import type { FileEntry, ListOptions } from '../workspace.ts';
import type { S3Connection } from './connection.ts';

/** The files of a bucket by the pages that the store gives; what is no path of a file (`a//b`, `directory/`) is left out. */
export async function* listObjects(
  connection: S3Connection,
  { prefix = '', after, recursive = true, signal }: ListOptions,
): AsyncGenerator<FileEntry[], void, undefined> {
  let token: string | undefined;
  do {
    signal?.throwIfAborted();
    const page = await connection.use('list files', (client, sdk) =>
      client.send(
        new sdk.ListObjectsV2Command({
          ...{ Bucket: connection.bucket, Prefix: `${connection.prefix}${prefix}` },
          // Names may have characters that XML does not know.
          ...{ EncodingType: 'url' as const, MaxKeys: 1000 },
          ...(recursive ? {} : { Delimiter: '/' }),
          ...(token !== undefined && { ContinuationToken: token }),
          ...(token === undefined && after !== undefined && { StartAfter: `${connection.prefix}${after}` }),
        }),
        { ...(signal && { abortSignal: signal }) },
      ),
    );
    const entries = (page.Contents ?? []).flatMap(({ Key = '', Size = 0, LastModified, ETag = '' }) => {
      const filePath = decodedKey(Key)?.slice(connection.prefix.length);
      if (
        filePath === undefined ||
        !isListed(filePath) ||
        (after !== undefined && compareBytes(filePath, after) <= 0)
      )
        return [];
      return [entryOf(filePath, Size, LastModified, ETag)];
    });
    if (entries.length > 0) yield entries;
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** @returns undefined for one that is no UTF-8, which some stores take */
export function decodedKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'));
  } catch {
    return undefined;
  }
}

/** A listing knows milliseconds, and the object itself seconds: those that all say the same are taken. */
export function entryOf(path: string, size: number, modified: Date | undefined, tag: string): FileEntry {
  const seconds = Math.floor((modified?.getTime() ?? 0) / 1000);
  return { path, size, modified: new Date(seconds * 1000).toISOString(), version: tag.replaceAll('"', '') };
}
