import type { Piece } from './batch.ts';

/** Above this many bytes that wait, whoever brings more waits too. */
const mostWaiting = 256 * 1024;

/** Pieces of one stream that came within this many milliseconds are one. */
const sameMoment = 10;

/**
 * What comes while a write is under way is written together by the next one: a job that writes line by line does not
 * cost a write for each line, and a single line is written at once.
 */
export class WriteQueue {
  readonly #put: (pieces: readonly Piece[]) => Promise<void>;
  #waiting: Piece[][] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly thrown: unknown } | undefined;

  constructor(put: (pieces: readonly Piece[]) => Promise<void>) {
    this.#put = put;
  }

  /** Resolves when there is room for more. @throws what an earlier write threw, again each time */
  async push(piece: Piece): Promise<void> {
    this.#check();
    this.#add(piece);
    this.#writing ??= this.#write();
    if (this.#bytes > mostWaiting) await this.drain();
  }

  /** Resolves when all is written. @throws what a write threw */
  async drain(): Promise<void> {
    await this.#writing;
    this.#check();
  }

  #check(): void {
    if (this.#failure) throw this.#failure.thrown;
  }

  #add(piece: Piece): void {
    this.#bytes += piece.data.length;
    const group = this.#waiting.at(-1);
    const first = group?.[0];
    if (group && first?.stream === piece.stream && piece.time - first.time < sameMoment) group.push(piece);
    else this.#waiting.push([piece]);
  }

  /** Never rejects: nobody may be waiting. */
  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const pieces = this.#waiting.map(joined);
        this.#waiting = [];
        this.#bytes = 0;
        await this.#put(pieces);
      }
    } catch (thrown) {
      this.#failure = { thrown };
      this.#waiting = [];
      this.#bytes = 0;
    } finally {
      this.#writing = undefined;
    }
  }
}

function joined(group: readonly Piece[]): Piece {
  const first = group[0]!;
  return group.length === 1 ? first : { ...first, data: Buffer.concat(group.map(({ data }) => data)) };
}
