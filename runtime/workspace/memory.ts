import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SeedbedError } from '../errors/index.ts';
import { compareBytes, sortByBytes } from './byte-order.ts';
import { counted } from './counted.ts';
import { checkPath, checkTarget } from './inside.ts';
import { publicUrl } from './url.ts';
import type {
  ByteRange,
  ContentSource,
  FileEntry,
  LinkSigner,
  ListOptions,
  PlaceOptions,
  PutFileOptions,
  PutOptions,
  Stored,
  Workspace,
} from './workspace.ts';

interface Kept extends FileEntry {
  readonly content: Buffer;
}

export interface MemoryWorkspaceRow {
  readonly id: number;
  readonly name: string;
  readonly baseUrl?: string | null;
  readonly signer?: LinkSigner;
}

/** Files in memory, for tests of what works with any workspace. */
export class MemoryWorkspace implements Workspace {
  readonly id: number;
  readonly name: string;
  readonly kind = 'memory';
  readonly baseUrl: string | null;
  readonly #signer: LinkSigner | undefined;
  readonly #files = new Map<string, Kept>();
  /** Of writes that broke off, by path and `resume`. */
  readonly #partials = new Map<string, Buffer>();
  #versions = 0;

  constructor({ id, name, baseUrl = null, signer }: MemoryWorkspaceRow) {
    this.id = id;
    this.name = name;
    this.baseUrl = baseUrl;
    this.#signer = signer;
  }

  async *list(options: ListOptions = {}): AsyncGenerator<FileEntry[], void, undefined> {
    const { prefix = '', after, recursive = true, signal } = options;
    const paths = [...this.#files.keys()].filter(
      (path) =>
        path.startsWith(prefix) &&
        (after === undefined || compareBytes(path, after) > 0) &&
        (recursive || !path.slice(prefix.length).includes('/')),
    );
    sortByBytes(paths, (path) => path);
    for (let at = 0; at < paths.length; at += 1000) {
      signal?.throwIfAborted();
      yield paths.slice(at, at + 1000).flatMap((path) => entryOf(this.#files.get(path)) ?? []);
    }
  }

  async stat(path: string): Promise<FileEntry | undefined> {
    return entryOf(this.#files.get(checkPath(path, this.name)));
  }

  async open(
    path: string,
    { start = 0, end = Infinity }: ByteRange = {},
    signal?: AbortSignal,
  ): Promise<Readable> {
    const { content } = this.#existing(path);
    const part = content.subarray(start, Math.max(start, end + 1));
    return Readable.from(part.length > 0 ? [part] : [], { ...(signal && { signal }) });
  }

  async put(path: string, source: ContentSource, options: PutOptions = {}): Promise<Stored> {
    checkTarget(path, this.name);
    const { size, resume, signal } = options;
    const key = resume === undefined ? undefined : JSON.stringify([path, resume]);
    const count = counted(options, { path, workspace: this.name });
    let before = (key !== undefined && this.#partials.get(key)) || Buffer.alloc(0);
    if (size !== undefined && before.length > size) before = Buffer.alloc(0);
    const chunks = [before];
    count.add(before);
    let keeps = true;
    try {
      const take = async (through: AsyncIterable<Buffer>) => {
        for await (const chunk of through) chunks.push(chunk);
      };
      await pipeline(await source(before.length), count.through, take, signal ? { signal } : {});
      keeps = size !== undefined && count.bytes() < size;
      const sha256 = count.judged();
      if (key !== undefined) this.#partials.delete(key);
      return { ...this.#keep(path, Buffer.concat(chunks), options), sha256 };
    } catch (thrown) {
      if (key !== undefined && keeps && !count.isTooLong()) this.#partials.set(key, Buffer.concat(chunks));
      else if (key !== undefined) this.#partials.delete(key);
      throw thrown;
    }
  }

  async putFile(
    path: string,
    hostPath: string,
    { move = false, onlyNew = false }: PutFileOptions = {},
  ): Promise<FileEntry> {
    const stored = await this.put(path, () => createReadStream(hostPath), { onlyNew });
    if (move) await rm(hostPath);
    return stored;
  }

  async copy(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    const { content } = this.#existing(from);
    return this.#keep(checkTarget(to, this.name), content, options);
  }

  async move(from: string, to: string, options: PlaceOptions = {}): Promise<FileEntry> {
    const entry = await this.copy(from, to, options);
    if (from !== to) this.#files.delete(from);
    return entry;
  }

  async delete(path: string): Promise<void> {
    this.#files.delete(checkPath(path, this.name));
  }

  url(path: string): string | null {
    return publicUrl(this.baseUrl, path);
  }

  async signedUrl(path: string, seconds: number): Promise<string> {
    if (!this.#signer) throw new SeedbedError('workspace-without-links', { workspace: this.name });
    return this.#signer.sign(this.name, checkPath(path, this.name), seconds);
  }

  close(): void {}

  #existing(path: string): Kept {
    const found = this.#files.get(checkPath(path, this.name));
    if (found) return found;
    throw new SeedbedError('file-not-in-workspace', { path, workspace: this.name });
  }

  #keep(path: string, content: Buffer, { onlyNew = false }: PlaceOptions): FileEntry {
    if (onlyNew && this.#files.has(path))
      throw new SeedbedError('place-taken', { path, workspace: this.name });
    const version = `${++this.#versions}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
    const kept = { path, size: content.length, modified: new Date().toISOString(), version, content };
    this.#files.set(path, kept);
    return entryOf(kept)!;
  }
}

function entryOf(kept: Kept | undefined): FileEntry | undefined {
  if (!kept) return undefined;
  const { path, size, modified, version } = kept;
  return { path, size, modified, version };
}
