import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Database } from '../../database/index.ts';
import { isErrno, SeedbedError } from '../../errors/index.ts';
import type { LocalWorkspace } from '../../workspace/index.ts';
import { publish } from './publish.ts';
import { expectRoom, receive } from './receive.ts';
import {
  contentOf,
  createRecord,
  type NewUpload,
  readRecord,
  type UploadRecord,
  writeRecord,
} from './record.ts';

/** An upload and how far it is. */
export interface UploadState extends UploadRecord {
  /** Bytes that have arrived. */
  readonly offset: number;
}

/** Bytes that go on with an upload. */
export interface Append {
  readonly body: Readable;
  /** Where they belong. */
  readonly offset: number;
  /** Bytes of the body, where its sender said so. */
  readonly length: number | undefined;
  /** SHA-256 of the whole content, where it is said only now. */
  readonly expected?: string | undefined;
}

/**
 * Files on their way into the managed workspace. Each has a directory of its own below `.uploads` there, which says all
 * that is known of it: whoever is killed, the next process goes on. One request at a time writes to an upload; a new one
 * ends the one before, whose sender may have gone without a word.
 */
export class Uploads {
  readonly #db: Database;
  readonly #workspace: LocalWorkspace;
  readonly #directory: string;
  readonly #writing = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown> }>();

  constructor(db: Database, workspace: LocalWorkspace) {
    this.#db = db;
    this.#workspace = workspace;
    this.#directory = workspace.hostPath('.uploads');
  }

  /** @throws no-room-for-file */
  async create(wanted: NewUpload): Promise<UploadState> {
    if (wanted.length !== null) await expectRoom(this.#workspace.hostPath(''), wanted.length);
    return { ...(await createRecord(this.#directory, wanted, new Date())), offset: 0 };
  }

  /** @returns undefined when there is no such upload, or no more */
  async look(id: string): Promise<UploadState | undefined> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
    const record = await readRecord(this.#directoryOf(id));
    return record && { ...record, offset: await this.#offsetOf(record) };
  }

  /**
   * Takes more of an upload; with its last byte it becomes a file.
   * @throws not-found, upload-conflict, incomplete-body, invalid-request, checksum-mismatch (the upload is gone then)
   */
  async append(id: string, append: Append): Promise<UploadState> {
    const before = this.#writing.get(id);
    before?.stop.abort();
    const stop = new AbortController();
    const ended = Promise.resolve(before?.ended).then(() => this.#append(id, append, stop.signal));
    const entry = { stop, ended: ended.catch(() => undefined) };
    this.#writing.set(id, entry);
    try {
      return await ended;
    } finally {
      if (this.#writing.get(id) === entry) this.#writing.delete(id);
    }
  }

  async #append(
    id: string,
    { body, offset, length, expected }: Append,
    stop: AbortSignal,
  ): Promise<UploadState> {
    const found = await this.look(id);
    if (!found) throw new SeedbedError('not-found', { what: `upload ${id}` });
    if (found.offset !== offset)
      throw new SeedbedError('upload-conflict', { offset: found.offset, given: offset });
    const directory = this.#directoryOf(id);
    const record = await this.#announced(found, expected);
    if (record.length !== null && length !== undefined && offset + length > record.length)
      throw new SeedbedError('invalid-request', {
        problem: `The body ends at ${offset + length} bytes, and the upload has ${record.length} in all`,
      });
    if (record.fileId !== null) return { ...record, offset };
    const moved = record.sha256 !== null;
    const received = moved
      ? { offset, sha256: record.sha256 }
      : await receive(body, contentOf(directory), offset, record.length, stop);
    if (record.length !== null && received.offset < record.length)
      return { ...record, offset: received.offset };
    return this.#publish(record, received.sha256);
  }

  async #announced({ offset: _offset, ...record }: UploadState, expected?: string): Promise<UploadRecord> {
    if (expected === undefined || expected === record.expected) return record;
    if (record.expected !== null)
      throw new SeedbedError('checksum-mismatch', { found: expected, expected: record.expected });
    const announced = { ...record, expected };
    await writeRecord(this.#directoryOf(record.id), announced);
    return announced;
  }

  async #publish(record: UploadRecord, sha256: string | undefined): Promise<UploadState> {
    try {
      const published = await publish(
        this.#db,
        this.#workspace,
        this.#directoryOf(record.id),
        record,
        sha256,
      );
      return { ...published, offset: published.length! };
    } catch (thrown) {
      if (thrown instanceof SeedbedError && thrown.error === 'checksum-mismatch')
        await this.remove(record.id);
      throw thrown;
    }
  }

  /** Forgets an upload with all that has arrived; a file that it became stays. */
  async remove(id: string): Promise<void> {
    this.#writing.get(id)?.stop.abort();
    await rm(this.#directoryOf(id), { recursive: true, force: true });
  }

  /**
   * Removes uploads to which nothing came for some time. One that has its place already becomes a file first.
   * @param before milliseconds since 1970
   * @returns how many were removed
   */
  async sweep(before: number): Promise<number> {
    const names = await readdir(this.#directory).catch((thrown: unknown) => {
      if (isErrno(thrown, 'ENOENT')) return [];
      throw thrown;
    });
    let removed = 0;
    for (const name of names) {
      if (this.#writing.has(name) || (await this.#lastChange(name)) >= before) continue;
      const found = await this.look(name);
      if (found && found.fileId === null && found.sha256 !== null) await this.#publish(found, undefined);
      await this.remove(name);
      removed += 1;
    }
    return removed;
  }

  async #lastChange(name: string): Promise<number> {
    const directory = this.#directoryOf(name);
    const times = await Promise.all(
      [directory, contentOf(directory)].map((file) =>
        stat(file).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      ),
    );
    return Math.max(...times);
  }

  async #offsetOf(record: UploadRecord): Promise<number> {
    if (record.fileId !== null) return record.length!;
    for (const file of [contentOf(this.#directoryOf(record.id)), this.#workspace.hostPath(record.filePath)])
      try {
        return (await stat(file)).size;
      } catch (thrown) {
        if (!isErrno(thrown, 'ENOENT')) throw thrown;
      }
    return 0;
  }

  #directoryOf(id: string): string {
    return path.join(this.#directory, id);
  }
}
