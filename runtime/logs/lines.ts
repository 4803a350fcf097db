import type { LogPiece } from './log-piece.ts';
import type { Stream } from './position.ts';

/** One line of a job's output, without its newline. */
export interface LogLine {
  /** When its last part came, milliseconds since 1970. */
  readonly time: number;
  readonly stream: Stream;
  /** Bytes that are no UTF-8 are replaced. */
  readonly text: string;
}

/** A line that is longer is cut: memory stays flat. */
const longest = 64 * 1024;
const newline = 0x0a;

/**
 * Makes lines of the pieces of a log, in the order in which they became whole. Lines of one stream are not torn by
 * pieces of the other, nor characters by the end of a piece. A marker of dropped bytes is a line of its own.
 */
export class LineSplitter {
  readonly #begun = new Map<Stream, { readonly parts: Buffer[]; bytes: number; time: number }>();

  /** @returns the lines that this piece completes */
  push({ stream, time, data, dropped }: LogPiece): LogLine[] {
    if (dropped > 0) return [...this.end(), { stream, time, text: data.toString().trim() }];
    const lines: LogLine[] = [];
    let start = 0;
    while (start < data.length) {
      const found = data.indexOf(newline, start);
      const end = found < 0 ? data.length : found;
      const line = this.#begun.get(stream) ?? { parts: [], bytes: 0, time };
      const stop = Math.min(end, start + longest - line.bytes);
      line.parts.push(data.subarray(start, stop));
      line.bytes += stop - start;
      line.time = time;
      this.#begun.set(stream, line);
      if (stop === found) lines.push(...this.#take(stream));
      else if (line.bytes === longest) lines.push(...this.#take(stream));
      start = stop === found ? stop + 1 : stop;
    }
    return lines;
  }

  /** @returns the lines that have no newline, at the end of the log */
  end(): LogLine[] {
    return [...this.#begun.keys()].flatMap((stream) => this.#take(stream));
  }

  #take(stream: Stream): LogLine[] {
    const line = this.#begun.get(stream);
    this.#begun.delete(stream);
    return line ? [{ stream, time: line.time, text: Buffer.concat(line.parts).toString() }] : [];
  }
}

/** The lines of a log, or of one that is followed. */
export async function* linesOf(pieces: AsyncIterable<LogPiece>): AsyncGenerator<LogLine, void, undefined> {
  const splitter = new LineSplitter();
  for await (const piece of pieces) yield* splitter.push(piece);
  yield* splitter.end();
}
