import { type Stream } from './position.ts';

const newline = 0x0a;

/** How much of one stream there was: whole lines, and bytes after the last newline. */
export interface LineCount {
  readonly lines: number;
  readonly rest: number;
}

/** The same of both streams. */
export type LineCounts = Readonly<Record<Stream, LineCount>>;

export const noLines: LineCounts = { stdout: { lines: 0, rest: 0 }, stderr: { lines: 0, rest: 0 } };

/** What a count becomes by more bytes. */
export function countLines({ lines, rest }: LineCount, data: Buffer): LineCount {
  let counted = lines;
  let start = 0;
  for (let at = data.indexOf(newline); at >= 0; at = data.indexOf(newline, start)) {
    counted += 1;
    start = at + 1;
  }
  return { lines: counted, rest: start > 0 ? data.length - start : rest + data.length };
}

/**
 * Passes over the beginning of a stream that is read again. It counts lines, then bytes of the last one, because the
 * engine's log file replaces bytes that are no UTF-8, so that only newlines stay where they were.
 */
export class PassOver {
  #lines: number;
  #rest: number;

  /** @param given what is to be passed over */
  constructor(given: LineCount) {
    this.#lines = given.lines;
    this.#rest = given.rest;
  }

  /** @returns the part of the next bytes that is new; may be empty */
  unseen(data: Buffer): Buffer {
    let start = 0;
    while (this.#lines > 0) {
      const end = data.indexOf(newline, start);
      if (end < 0) return data.subarray(data.length);
      this.#lines -= 1;
      start = end + 1;
    }
    const step = Math.min(this.#rest, data.length - start);
    this.#rest -= step;
    return data.subarray(start + step);
  }
}
