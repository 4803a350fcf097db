import type { Entry, SegmentReader } from './segment-reader.ts';
import type { Position, Stream } from './position.ts';

const windowBytes = 64 * 1024;

/** Reads the text of one block of entries ahead: many short entries cost one read. */
export class TextWindow {
  readonly #reader: SegmentReader;
  /** What the block speaks of: no byte after it may be kept. */
  readonly #to: Position;
  readonly #windows = new Map<Stream, { readonly from: number; readonly bytes: Buffer }>();

  constructor(reader: SegmentReader, entries: readonly Entry[]) {
    this.#reader = reader;
    this.#to = entries.at(-1)!.record.to;
  }

  /** @returns at least one byte and at most `length`; none where the text lacks them */
  async read(stream: Stream, offset: number, length: number): Promise<Buffer> {
    let window = this.#windows.get(stream);
    if (!window || offset < window.from || offset >= window.from + window.bytes.length) {
      const most = Math.min(windowBytes, this.#to[stream] - offset);
      window = { from: offset, bytes: await this.#reader.read(stream, offset, most) };
      this.#windows.set(stream, window);
    }
    const start = offset - window.from;
    return window.bytes.subarray(start, start + length);
  }
}
