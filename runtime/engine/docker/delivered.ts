import type { LogChunk } from '../engine.ts';

interface Position {
  lines: number;
  /** Bytes after the last newline. */
  rest: number;
}

const newline = 0x0a;

/**
 * How much of a log was given on, for each stream, so that a log read again from its beginning goes on after it.
 * Counts lines, then bytes, because the engine's log file replaces bytes that are no UTF-8 and only newlines stay.
 */
export class Delivered {
  readonly #given = { stdout: { lines: 0, rest: 0 }, stderr: { lines: 0, rest: 0 } };
  #skipped = { stdout: { lines: 0, rest: 0 }, stderr: { lines: 0, rest: 0 } };

  /** Before the log is read from its beginning. */
  rewind(): void {
    this.#skipped = { stdout: { lines: 0, rest: 0 }, stderr: { lines: 0, rest: 0 } };
  }

  /** Of a chunk read live: all of it. */
  add(chunk: LogChunk): LogChunk {
    advance(this.#given[chunk.stream], chunk.data);
    return chunk;
  }

  /** Of a chunk read since `rewind`: what was not given before; undefined: nothing. */
  unseen(chunk: LogChunk): LogChunk | undefined {
    const given = this.#given[chunk.stream];
    const skipped = this.#skipped[chunk.stream];
    let start = 0;
    while (skipped.lines < given.lines) {
      const end = chunk.data.indexOf(newline, start);
      if (end < 0) return undefined;
      skipped.lines += 1;
      start = end + 1;
    }
    const missing = given.rest - skipped.rest;
    if (missing > 0 && skipped.lines === given.lines) {
      const step = Math.min(missing, chunk.data.length - start);
      skipped.rest += step;
      start += step;
    }
    const data = chunk.data.subarray(start);
    if (data.length === 0) return undefined;
    skipped.lines = Number.POSITIVE_INFINITY;
    skipped.rest = Number.POSITIVE_INFINITY;
    advance(given, data);
    return { stream: chunk.stream, data };
  }
}

function advance(position: Position, data: Buffer): void {
  for (let at = data.indexOf(newline); at >= 0; at = data.indexOf(newline, at + 1)) {
    position.lines += 1;
    position.rest = 0;
  }
  position.rest += data.length - (data.lastIndexOf(newline) + 1);
}
