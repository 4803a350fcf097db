import type { FileHandle } from 'node:fs/promises';
import { SeedbedError } from '../../../errors/index.ts';
import { BegunRows } from './begun-rows.ts';
import { DoneRows, isDone } from './done-rows.ts';
import { type Entry, format, type Heading, type Place } from './entry.ts';
import { linesOf } from './lines.ts';

/** What a journal holds when its process is gone. */
export interface Recovered {
  readonly heading: Heading;
  readonly done: DoneRows;
  readonly begun: BegunRows;
  /** Bytes of it that are whole. */
  readonly end: number;
  /** Whether whole lines stood behind a broken one. */
  readonly isDamaged: boolean;
}

/**
 * Reads a journal to the last line that is whole. A crash can tear the end only; lines behind a broken one are not trusted,
 * and their rows run again.
 * @param retriesFailed whether rows that failed by their own fault are not done either
 * @throws batch-journal-unusable
 */
export async function recover(handle: FileHandle, file: string, retriesFailed: boolean): Promise<Recovered> {
  let heading: Heading | undefined;
  const done = new DoneRows();
  const begun = new BegunRows();
  let end = 0;
  let isDamaged = false;
  let isBroken = false;
  for await (const { text, place } of linesOf(handle)) {
    const entry = parsed(text);
    if (isBroken || entry === undefined) {
      isDamaged ||= isBroken;
      isBroken = true;
      continue;
    }
    end = place.offset + place.length;
    if (!heading) heading = asHeading(entry, file);
    else note(entry as Entry, place, { done, begun, retriesFailed });
  }
  if (heading) return { heading, done, begun, end, isDamaged };
  throw new SeedbedError('batch-journal-unusable', { file, reason: 'it has no first line' });
}

function note(
  entry: Entry,
  place: Place,
  { done, begun, retriesFailed }: { done: DoneRows; begun: BegunRows; retriesFailed: boolean },
): void {
  if ('begun' in entry) return begun.begin(entry.begun.id, entry.begun.directory);
  const { id, row } = entry.ended;
  if (id === null || !isDone(row, retriesFailed)) return;
  done.add(id, place);
  begun.end(id);
}

function parsed(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function asHeading(entry: object, file: string): Heading {
  if ('format' in entry && entry.format === format) return entry as Heading;
  throw new SeedbedError('batch-journal-unusable', { file, reason: 'another version of Seedbed wrote it' });
}
