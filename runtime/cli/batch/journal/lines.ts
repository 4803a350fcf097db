import type { FileHandle } from 'node:fs/promises';
import type { Place } from './entry.ts';

const chunkSize = 1 << 20;

/** The lines of a file that have an end, with their places (the line's end included), a chunk in memory at a time. */
export async function* linesOf(handle: FileHandle): AsyncGenerator<{ text: string; place: Place }> {
  let rest = Buffer.alloc(0);
  let offset = 0;
  for (let position = 0; ;) {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(chunkSize), 0, chunkSize, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      const length = end + 1 - start;
      yield { text: rest.toString('utf8', start, end), place: { offset, length } };
      offset += length;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
}

/** Reads lines by their places. Rows end nearly in their order, so that what is read at once holds the next ones, too. */
export class LineReader {
  readonly #handle: FileHandle;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read({ offset, length }: Place): Promise<string> {
    if (offset < this.#start || offset + length > this.#start + this.#window.length) {
      const size = Math.max(chunkSize, length);
      const { buffer, bytesRead } = await this.#handle.read(Buffer.alloc(size), 0, size, offset);
      this.#window = buffer.subarray(0, bytesRead);
      this.#start = offset;
    }
    const from = offset - this.#start;
    return this.#window.toString('utf8', from, from + length - 1);
  }
}
