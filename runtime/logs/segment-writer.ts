import { type FileHandle, open } from 'node:fs/promises';
import { isErrno } from '../errors/index.ts';
import type { Piece } from './batch.ts';
import { fileMode, indexFile, textFile } from './files.ts';
import { writeAt } from './handles.ts';
import { encodeHeader, encodeRecord, type Header, headerBytes, recordBytes } from './index-format.ts';
import { type Position, type Stream, streams } from './position.ts';

/** Kept free for what a full segment still gets: the mark of the end, or the notes where the log goes on. */
const reserve = 256;

/**
 * Writes one segment: the text first, then the records that make it count, so that a reader never meets a record
 * without its text. All is written at places that are remembered here: what a failed write left is written over.
 */
export class SegmentWriter {
  readonly number: number;
  readonly #directory: string;
  readonly #header: Header;
  readonly #index: FileHandle;
  readonly #texts = new Map<Stream, FileHandle>();
  #indexBytes = headerBytes;
  #at: Position;
  #room: number;

  private constructor(directory: string, number: number, header: Header, index: FileHandle, room: number) {
    this.#directory = directory;
    this.number = number;
    this.#header = header;
    this.#index = index;
    this.#at = header.from;
    this.#room = room - headerBytes - reserve;
  }

  /**
   * @param room bytes that it may take
   * @returns undefined when somebody has used the number
   */
  static async create(
    directory: string,
    number: number,
    header: Header,
    room: number,
  ): Promise<SegmentWriter | undefined> {
    let index: FileHandle;
    try {
      index = await open(indexFile(directory, number), 'wx', fileMode);
    } catch (thrown) {
      if (isErrno(thrown, 'EEXIST')) return undefined;
      throw thrown;
    }
    const writer = new SegmentWriter(directory, number, header, index, room);
    try {
      // Whoever looks finds both, though the job writes to one only.
      if (number === 0) for (const stream of streams) await writer.#text(stream);
      await writeAt(index, encodeHeader(header), 0);
    } catch (thrown) {
      await writer.close();
      throw thrown;
    }
    return writer;
  }

  /** How far the streams are. */
  get at(): Position {
    return this.#at;
  }

  /** Bytes that it may still take. */
  get room(): number {
    return this.#room;
  }

  /** Bytes that it has taken, and may take when it is left. */
  get bytes(): number {
    const { from } = this.#header;
    return reserve + this.#indexBytes + this.#at.stdout - from.stdout + this.#at.stderr - from.stderr;
  }

  /** Adds pieces that fit, in at most three writes. */
  async append(pieces: readonly Piece[]): Promise<void> {
    let to = this.#at;
    const records: Buffer[] = [];
    for (const { stream, time, data } of pieces) {
      to = { ...to, [stream]: to[stream] + data.length };
      records.push(encodeRecord({ kind: stream, time, to }));
    }
    for (const stream of streams) {
      const parts = pieces.filter((piece) => piece.stream === stream).map(({ data }) => data);
      if (parts.length === 0) continue;
      const place = this.#at[stream] - this.#header.from[stream];
      await writeAt(await this.#text(stream), parts.length === 1 ? parts[0]! : Buffer.concat(parts), place);
    }
    await this.#record(records);
    this.#room -= to.stdout - this.#at.stdout + (to.stderr - this.#at.stderr);
    this.#at = to;
  }

  /** Says that the log ends here. */
  async finish(time: number): Promise<void> {
    await this.#record([encodeRecord({ kind: 'end', time, to: this.#at })]);
  }

  /** Tells who reads the plain files where the log goes on; no record counts it. */
  async pointTo(number: number): Promise<void> {
    for (const [stream, text] of this.#texts) {
      const name = textFile('', number, stream);
      const note = Buffer.from(`\n[seedbed: the log goes on in ${name} or the next file that is there]\n`);
      await writeAt(text, note, this.#at[stream] - this.#header.from[stream]);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#index, ...this.#texts.values()].map((handle) => handle.close()));
    this.#texts.clear();
  }

  async #record(records: readonly Buffer[]): Promise<void> {
    await writeAt(this.#index, Buffer.concat(records), this.#indexBytes);
    this.#indexBytes += records.length * recordBytes;
    this.#room -= records.length * recordBytes;
  }

  async #text(stream: Stream): Promise<FileHandle> {
    const known = this.#texts.get(stream);
    if (known) return known;
    const opened = await open(textFile(this.#directory, this.number, stream), 'w', fileMode);
    this.#texts.set(stream, opened);
    return opened;
  }
}
