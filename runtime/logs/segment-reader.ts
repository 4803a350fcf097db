import type { FileHandle } from 'node:fs/promises';
import { indexFile, textFile } from './files.ts';
import { openIfThere, readAt } from './handles.ts';
import {
  decodeHeader,
  decodeRecord,
  type Header,
  headerBytes,
  type IndexRecord,
  recordBytes,
} from './index-format.ts';
import type { Position, Stream } from './position.ts';

/** A record, and where its bytes begin. */
export interface Entry {
  readonly record: IndexRecord;
  readonly from: Position;
}

/** Records read at once. */
const atOnce = 1024;

/** Reads one segment, also while it is written, and after it was dropped: it holds the files that it opened. */
export class SegmentReader {
  readonly header: Header;
  readonly #index: FileHandle;
  readonly #directory: string;
  readonly #number: number;
  readonly #texts = new Map<Stream, FileHandle>();

  private constructor(directory: string, number: number, header: Header, index: FileHandle) {
    this.#directory = directory;
    this.#number = number;
    this.header = header;
    this.#index = index;
  }

  /** @returns undefined when it is gone */
  static async open(directory: string, number: number): Promise<SegmentReader | undefined> {
    const index = await openIfThere(indexFile(directory, number));
    if (!index) return undefined;
    const header = decodeHeader(await readAt(index, 0, headerBytes));
    if (header) return new SegmentReader(directory, number, header, index);
    await index.close();
    return undefined;
  }

  /**
   * The entries after those of which `isPast` is true, which are the first ones; in blocks, each of which was in the
   * index before any of its text is read.
   */
  async *entries(isPast: (to: Position) => boolean): AsyncGenerator<readonly Entry[], void, undefined> {
    let number = await this.#firstAfter(isPast);
    let from = number === 0 ? this.header.from : (await this.#record(number - 1))!.to;
    for (;;) {
      const block = await readAt(this.#index, headerBytes + number * recordBytes, atOnce * recordBytes);
      const entries: Entry[] = [];
      for (let start = 0; start < block.length; start += recordBytes) {
        const record = decodeRecord(block.subarray(start));
        if (!record) break;
        entries.push({ record, from });
        from = record.to;
      }
      if (entries.length > 0) yield entries;
      if (entries.length < atOnce) return;
      number += atOnce;
    }
  }

  /** Bytes of a stream from `offset` on; fewer where the text lacks them. */
  async read(stream: Stream, offset: number, length: number): Promise<Buffer> {
    const text =
      this.#texts.get(stream) ?? (await openIfThere(textFile(this.#directory, this.#number, stream)));
    if (!text) return Buffer.alloc(0);
    this.#texts.set(stream, text);
    return readAt(text, offset - this.header.from[stream], length);
  }

  /** The last record; undefined when there is none, or it is being written. */
  async last(): Promise<IndexRecord | undefined> {
    const count = await this.#count();
    return count === 0 ? undefined : this.#record(count - 1);
  }

  async close(): Promise<void> {
    await Promise.all([this.#index, ...this.#texts.values()].map((handle) => handle.close()));
  }

  async #count(): Promise<number> {
    const { size } = await this.#index.stat();
    return Math.max(0, Math.floor((size - headerBytes) / recordBytes));
  }

  async #record(number: number): Promise<IndexRecord | undefined> {
    return decodeRecord(await readAt(this.#index, headerBytes + number * recordBytes, recordBytes));
  }

  /** By halves. One that is not whole counts as not past. */
  async #firstAfter(isPast: (to: Position) => boolean): Promise<number> {
    let low = 0;
    let high = await this.#count();
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const record = await this.#record(middle);
      if (record && isPast(record.to)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
