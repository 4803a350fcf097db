import { mkdir, rm } from 'node:fs/promises';
import { fit, type Piece } from './batch.ts';
import { type Kept, nextSegment, type Sizes, tooMany } from './cap.ts';
import { directoryMode, indexFile, textFile } from './files.ts';
import type { Header } from './index-format.ts';
import { countLines, type LineCounts } from './line-count.ts';
import type { Position } from './position.ts';
import type { Recovered } from './recover.ts';
import { SegmentWriter } from './segment-writer.ts';
import { streams } from './position.ts';

/**
 * Goes on with a log from where it was found. Every writer begins with a segment of its own, before its first byte: one
 * that was taken for dead and is not can do no harm to it, since nobody reads further in an older segment than to where
 * the next begins. That other writer finds the number of its next segment used, and is silent from then on.
 */
export class SegmentedLog {
  readonly #directory: string;
  readonly #sizes: Sizes;
  readonly #now: () => number;
  #kept: Kept[];
  #next: number;
  #at: Position;
  #lines: LineCounts;
  #ended: boolean;
  #current: SegmentWriter | undefined;
  #began = false;
  #superseded = false;

  constructor(directory: string, found: Recovered, sizes: Sizes, now: () => number) {
    this.#directory = directory;
    this.#sizes = sizes;
    this.#now = now;
    this.#kept = [...found.kept];
    this.#next = found.next;
    this.#at = found.at;
    this.#lines = found.lines;
    this.#ended = found.ended;
  }

  /** Takes its place in the order of writers. */
  async begin(): Promise<void> {
    if (!this.#current) await this.#begin();
  }

  /** Adds what came, in this order. */
  async put(pieces: readonly Piece[]): Promise<void> {
    let rest = pieces;
    while (rest.length > 0) {
      const segment = this.#current ?? (await this.#begin());
      if (!segment) return;
      const { fitting, left } = fit(rest, segment.room);
      if (fitting.length > 0) await segment.append(fitting);
      this.#count(fitting, segment);
      rest = left;
      if (left.length > 0 && !(await this.#goOn(segment))) return;
    }
  }

  /** Leaves the mark of the end, which stays when this process dies. */
  async end(): Promise<void> {
    try {
      if (this.#ended && !this.#began) return;
      const segment = this.#current ?? (await this.#begin());
      await segment?.finish(this.#now());
    } finally {
      await this.leave();
    }
  }

  /** Closes its files without a mark: another writer goes on. */
  async leave(): Promise<void> {
    await this.#current?.close();
    this.#current = undefined;
  }

  #count(pieces: readonly Piece[], { at }: SegmentWriter): void {
    for (const { stream, data } of pieces)
      this.#lines = { ...this.#lines, [stream]: countLines(this.#lines[stream], data) };
    this.#at = at;
  }

  /** From a full segment to the next one. @returns whether this log is still ours */
  async #goOn(full: SegmentWriter): Promise<boolean> {
    this.#kept.push({ number: full.number, part: this.#part, bytes: full.bytes });
    this.#current = undefined;
    try {
      const next = await this.#begin();
      if (next) await full.pointTo(next.number);
      return next !== undefined;
    } finally {
      await full.close();
    }
  }

  #part: Header['part'] = 'head';

  /** The next segment; the oldest ones of the tail go for it. @returns undefined when another writer has taken over */
  async #begin(): Promise<SegmentWriter | undefined> {
    const { part, room } = nextSegment(this.#kept, this.#sizes);
    const header = { part, time: this.#now(), from: this.#at, lines: this.#lines };
    while (!this.#superseded) {
      const segment = await SegmentWriter.create(this.#directory, this.#next, header, room);
      this.#next += 1;
      if (segment) {
        this.#began = true;
        this.#part = part;
        this.#current = segment;
        if (part === 'tail') await this.#drop();
        return segment;
      }
      // Before our first segment it was the writer before us who used the number.
      this.#superseded = this.#began;
    }
    return undefined;
  }

  async #drop(): Promise<void> {
    for (const { number } of tooMany(this.#kept, this.#sizes)) {
      this.#kept = this.#kept.filter((segment) => segment.number !== number);
      // The index first: what has none is there for nobody.
      await rm(indexFile(this.#directory, number), { force: true });
      for (const stream of streams) await rm(textFile(this.#directory, number, stream), { force: true });
    }
  }
}

/** Makes the directory of a log, and removes what another log left there. */
export async function makeEmpty(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: directoryMode });
}
