import type { Readable } from 'node:stream';
import { SeedbedError } from '../../errors/index.ts';
import type { Workspace } from '../../workspace/index.ts';

/** A file asks for more than may be read of it. */
export class TooMuch extends Error {}

/** Bytes that are read for one footprint, of the file and of what lies beside it. */
const budgetBytes = 32 * 2 ** 20;

/** Reads ranges of files of a workspace for one footprint: so many bytes and so long, and no more. */
export class RangeReader {
  readonly #workspace: Workspace;
  readonly #signal: AbortSignal;
  #left = budgetBytes;
  /** Why the workspace itself could not be read; that is no oddity of the content. */
  failure: Error | undefined;

  constructor(workspace: Workspace, signal: AbortSignal) {
    this.#workspace = workspace;
    this.#signal = signal;
  }

  /** @returns undefined when there is no such file */
  async size(path: string): Promise<number | undefined> {
    return (await this.#guard(this.#workspace.stat(path)))?.size;
  }

  /** Fewer bytes at the end of the file. @throws TooMuch */
  async read(path: string, start: number, length: number): Promise<Buffer> {
    if (!(length <= this.#left)) throw new TooMuch(`${length} bytes at once`);
    if (length <= 0) return Buffer.alloc(0);
    this.#left -= length;
    return this.#guard(this.#collect(path, start, length));
  }

  async #collect(path: string, start: number, length: number): Promise<Buffer> {
    const range = { start, end: start + length - 1 };
    const stream: Readable = await this.#workspace.open(path, range, this.#signal);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  async #guard<Value>(promise: Promise<Value>): Promise<Value> {
    this.#signal.throwIfAborted();
    try {
      return await promise;
    } catch (thrown) {
      if (!this.#signal.aborted && !isAbsence(thrown)) this.failure ??= thrown as Error;
      throw thrown;
    }
  }
}

function isAbsence(thrown: unknown): boolean {
  return (
    thrown instanceof SeedbedError && ['file-not-in-workspace', 'outside-workspace'].includes(thrown.error)
  );
}

/** One file of a `RangeReader`, and how large it is. */
export class FileReader {
  readonly #reader: RangeReader;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  #head: Promise<Buffer> | undefined;

  constructor(reader: RangeReader, path: string, size: number) {
    this.#reader = reader;
    this.path = path;
    this.size = size;
  }

  /** The first 256 KiB, which hold all that most files say of themselves; read once. */
  head(): Promise<Buffer> {
    this.#head ??= this.#reader.read(this.path, 0, Math.min(this.size, 2 ** 18));
    return this.#head;
  }

  async read(start: number, length: number): Promise<Buffer> {
    const wanted = Math.max(0, Math.min(length, this.size - start));
    const head = start < 2 ** 18 ? await this.head() : undefined;
    if (head && start + wanted <= head.length) return head.subarray(start, start + wanted);
    return this.#reader.read(this.path, start, wanted);
  }

  /** All of it. @throws TooMuch when that is more than `most` bytes */
  async whole(most: number): Promise<Buffer> {
    if (this.size > most) throw new TooMuch(`${this.size} bytes`);
    return this.read(0, this.size);
  }
}
