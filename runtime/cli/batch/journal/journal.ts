import { type FileHandle, link, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { isErrno, reasonOf, SeedbedError } from '../../../errors/index.ts';
import type { BegunRows } from './begun-rows.ts';
import type { DoneRows } from './done-rows.ts';
import { type Entry, format, type Heading, type Place } from './entry.ts';
import { LineReader } from './lines.ts';
import { recover, type Recovered } from './recover.ts';

export const journalName = '.seedbed-batch.jsonl';

/**
 * What has happened to the rows of a batch, a line of JSON for each event. A line is on the disk before anybody is told of
 * it, so that a killed batch goes on where it was. Lines that come while others are written share one `fdatasync`.
 */
export class Journal {
  readonly heading: Heading;
  /** What an earlier process has left. */
  readonly done: DoneRows;
  readonly begun: BegunRows;
  readonly #handle: FileHandle;
  readonly #file: string;
  readonly #reader: LineReader;
  #end: number;
  #isTrimmed = false;
  #waiting: Buffer[] = [];
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(file: string, handle: FileHandle, { heading, done, begun, end }: Recovered) {
    this.heading = heading;
    this.done = done;
    this.begun = begun;
    this.#file = file;
    this.#handle = handle;
    this.#reader = new LineReader(handle);
    this.#end = end;
  }

  /** Begins the journal of a new batch, whole or not at all. @throws EEXIST where there is one */
  static async create(directory: string, heading: Omit<Heading, 'format'>): Promise<Journal> {
    const file = path.join(directory, journalName);
    const next = `${file}.${process.pid}`;
    try {
      await writeDurably(next, `${JSON.stringify({ format, ...heading })}\n`);
      await link(next, file);
    } finally {
      await rm(next, { force: true });
    }
    await syncDirectory(directory);
    return (await Journal.open(directory))!.journal;
  }

  /**
   * Opens the journal of a batch that has been begun. Nothing is changed yet, since another process may be at it: an end
   * that was torn is cut off by the first line that is written.
   * @param retriesFailed see `isDone`
   * @returns undefined where there is none; `isDamaged`: lines were lost that had been whole
   * @throws batch-journal-unusable
   */
  static async open(
    directory: string,
    retriesFailed = false,
  ): Promise<{ journal: Journal; isDamaged: boolean } | undefined> {
    const file = path.join(directory, journalName);
    const handle = await open(file, 'r+').catch((thrown: unknown) => {
      if (isErrno(thrown, 'ENOENT')) return undefined;
      throw new SeedbedError('batch-journal-unusable', { file, reason: reasonOf(thrown) });
    });
    if (!handle) return undefined;
    try {
      const recovered = await recover(handle, file, retriesFailed);
      return { journal: new Journal(file, handle, recovered), isDamaged: recovered.isDamaged };
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** @returns where the line stands, when it is on the disk. @throws disk-full, batch-journal-unusable */
  async append(entry: Entry): Promise<Place> {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    const place = { offset: this.#end, length: line.length };
    this.#end += line.length;
    this.#waiting.push(line);
    // When one write has failed, all later ones do: what is behind it would have no place.
    this.#next ??= this.#writing.then(() => (this.#writing = this.#write()));
    await this.#next;
    return place;
  }

  async read(place: Place): Promise<Entry> {
    return JSON.parse(await this.#reader.read(place)) as Entry;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#writing.catch(() => undefined);
    await this.#handle.close();
  }

  async #write(): Promise<void> {
    this.#next = undefined;
    const lines = this.#waiting;
    this.#waiting = [];
    const bytes = Buffer.concat(lines);
    const start = this.#end - bytes.length;
    try {
      if (!this.#isTrimmed) await this.#handle.truncate(start);
      this.#isTrimmed = true;
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await this.#handle.write(bytes, written, null, start + written);
        written += bytesWritten;
      }
      await this.#handle.datasync();
    } catch (thrown) {
      if (isErrno(thrown, 'ENOSPC', 'EDQUOT')) throw new SeedbedError('disk-full', { what: this.#file });
      throw new SeedbedError('batch-journal-unusable', { file: this.#file, reason: reasonOf(thrown) });
    }
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
