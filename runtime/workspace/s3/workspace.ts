import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { SeedbedError } from '../../errors/index.ts';
import { hostError } from '../host-errors.ts';
import { checkPath, checkTarget } from '../inside.ts';
import { publicUrl } from '../url.ts';
import type {
  ByteRange,
  ContentSource,
  FileEntry,
  ListOptions,
  PlaceOptions,
  PutFileOptions,
  PutOptions,
  Stored,
  Workspace,
} from '../workspace.ts';
import { S3Connection } from './connection.ts';
import { copyObject } from './copy.ts';
import { isAbsent } from './errors.ts';
import { entryOf, listObjects } from './list.ts';
import { putInParts } from './put.ts';
import { readObject } from './read.ts';
import type { S3Settings } from './settings.ts';

/** Seconds that S3 lets a presigned URL be good for: 7 days. */
const longestUrl = 7 * 24 * 60 * 60;

export interface S3WorkspaceRow extends S3Settings {
  readonly id: number;
  readonly name: string;
  readonly baseUrl?: string | null;
}

/** A bucket, or what lies below a prefix of one, as a workspace (Scale's broker type `s3`). Any store that speaks S3 will do. */
export class S3Workspace implements Workspace {
  readonly id: number;
  readonly name: string;
  readonly kind = 's3';
  readonly baseUrl: string | null;
  readonly #connection: S3Connection;

  constructor({ id, name, baseUrl = null, ...settings }: S3WorkspaceRow) {
    this.id = id;
    this.name = name;
    this.baseUrl = baseUrl;
    this.#connection = new S3Connection(name, settings);
  }

  /** Whether the bucket can be used. @throws workspace-unreachable, workspace-refused */
  async look(): Promise<void> {
    const { bucket, prefix } = this.#connection;
    await this.#connection.use('list files', (client, sdk) =>
      client.send(new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 })),
    );
  }

  list(options: ListOptions = {}): AsyncGenerator<FileEntry[], void, undefined> {
    return listObjects(this.#connection, options);
  }

  async stat(filePath: string): Promise<FileEntry | undefined> {
    const input = { Bucket: this.#connection.bucket, Key: this.#key(filePath) };
    return this.#connection.use('look at a file', async (client, sdk) => {
      try {
        const found = await client.send(new sdk.HeadObjectCommand(input));
        return entryOf(filePath, found.ContentLength ?? 0, found.LastModified, found.ETag ?? '');
      } catch (thrown) {
        if (!isAbsent(thrown)) throw thrown;
      }
      // The answer to this question has no body, so it does not say which of both is missing.
      await client.send(new sdk.HeadBucketCommand({ Bucket: input.Bucket })).catch((thrown: unknown) => {
        if (isAbsent(thrown)) throw Object.assign(new Error(), { name: 'NoSuchBucket' });
      });
      return undefined;
    });
  }

  async open(filePath: string, range: ByteRange = {}, signal?: AbortSignal): Promise<Readable> {
    return readObject(this.#connection, checkPath(filePath, this.name), range, signal);
  }

  async put(filePath: string, source: ContentSource, options: PutOptions = {}): Promise<Stored> {
    checkTarget(filePath, this.name);
    await this.#expectFree(filePath, options);
    const sha256 = await putInParts(this.#connection, filePath, source, options);
    return { ...(await this.#existing(filePath)), sha256 };
  }

  async putFile(
    filePath: string,
    hostPath: string,
    { move = false, onlyNew = false }: PutFileOptions = {},
  ): Promise<FileEntry> {
    checkTarget(filePath, this.name);
    const size = await stat(hostPath).then(
      (found) => found.size,
      (thrown: unknown) => {
        throw hostError(thrown, { path: filePath, workspace: this.name, root: hostPath, done: 'written' });
      },
    );
    const stored = await this.put(filePath, (start) => createReadStream(hostPath, { start }), {
      ...{ size, onlyNew },
    });
    if (move) await rm(hostPath, { force: true });
    return stored;
  }

  async copy(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    checkTarget(to, this.name);
    const found = await this.#existing(from);
    await this.#expectFree(to, options);
    if (from === to) return found;
    await copyObject(this.#connection, found, to);
    return this.#existing(to);
  }

  async move(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    const entry = await this.copy(from, to, options);
    if (from !== to) await this.delete(from);
    return entry;
  }

  async delete(filePath: string): Promise<void> {
    const input = { Bucket: this.#connection.bucket, Key: this.#key(filePath) };
    await this.#connection.use('delete a file', async (client, sdk) => {
      await client.send(new sdk.DeleteObjectCommand(input)).catch((thrown: unknown) => {
        if (!isAbsent(thrown)) throw thrown;
      });
    });
  }

  url(filePath: string): string | null {
    return publicUrl(this.baseUrl, filePath);
  }

  async signedUrl(filePath: string, seconds: number): Promise<string> {
    const input = { Bucket: this.#connection.bucket, Key: this.#key(filePath) };
    return this.#connection.use('sign a link', async (client, sdk) => {
      const { getSignedUrl } = await import('./sdk.ts');
      return getSignedUrl(client, new sdk.GetObjectCommand(input), {
        expiresIn: Math.min(seconds, longestUrl),
      });
    });
  }

  close(): void {
    this.#connection.close();
  }

  async #expectFree(filePath: string, { onlyNew = false }: PlaceOptions): Promise<void> {
    if (onlyNew && (await this.stat(filePath)))
      throw new SeedbedError('place-taken', { path: filePath, workspace: this.name });
  }

  async #existing(filePath: string): Promise<FileEntry> {
    const found = await this.stat(filePath);
    if (found) return found;
    throw new SeedbedError('file-not-in-workspace', { path: filePath, workspace: this.name });
  }

  #key(filePath: string): string {
    return this.#connection.key(checkPath(filePath, this.name));
  }
}
