import { indexFile, textFile } from './files.ts';
import type { FileHandle } from 'node:fs/promises';
import { openIfThere, readAt } from './handles.ts';
import type { Kept } from './cap.ts';
import { decodeRecord, headerBytes, type IndexRecord, recordBytes } from './index-format.ts';
import { countLines, type LineCounts, noLines } from './line-count.ts';
import { hasReached, origin, type Position, type Stream } from './position.ts';
import { fileSize, listSegments, type Segment, sizeOf } from './segments.ts';

/** Where the last writer of a log stopped, however it did. */
export interface Recovered {
  readonly at: Position;
  readonly lines: LineCounts;
  /** Whether it had said that the log ends there. */
  readonly ended: boolean;
  readonly kept: readonly Kept[];
  /** The first segment number that nobody has used. */
  readonly next: number;
}

/** Records read at once. */
const atOnce = 2048;
const textAtOnce = 256 * 1024;

/**
 * Looks at what a writer left. A record counts only when it and all before it are whole, and when the text that it
 * speaks of is there; text without a record does not count. Memory stays flat.
 */
export async function recover(directory: string): Promise<Recovered> {
  const { list, next } = await listSegments(directory);
  const last = list.at(-1);
  if (!last) return { at: origin, lines: noLines, ended: false, kept: [], next };
  const kept: Kept[] = [];
  for (const { number, header } of list)
    kept.push({ number, part: header.part, bytes: await sizeOf(directory, number) });
  const { at, ended } = await lastOf(directory, last);
  const lines = {
    stdout: await linesUpTo(directory, last, 'stdout', at),
    stderr: await linesUpTo(directory, last, 'stderr', at),
  };
  return { at, lines, ended, kept, next };
}

async function lastOf(
  directory: string,
  { number, header: { from } }: Segment,
): Promise<{ at: Position; ended: boolean }> {
  const there: Position = {
    stdout: from.stdout + (await fileSize(textFile(directory, number, 'stdout'))),
    stderr: from.stderr + (await fileSize(textFile(directory, number, 'stderr'))),
  };
  let at = from;
  let ended = false;
  const index = await openIfThere(indexFile(directory, number));
  if (!index) return { at, ended };
  try {
    for await (const { kind, to } of recordsOf(index)) {
      if (!hasReached(there, to, 'combined')) break;
      ended = kind === 'end';
      at = to;
    }
  } finally {
    await index.close();
  }
  return { at, ended };
}

async function* recordsOf(index: FileHandle): AsyncGenerator<IndexRecord, void, undefined> {
  for (let place = headerBytes; ; place += atOnce * recordBytes) {
    const block = await readAt(index, place, atOnce * recordBytes);
    for (let start = 0; start < atOnce * recordBytes; start += recordBytes) {
      const record = decodeRecord(block.subarray(start));
      if (!record) return;
      yield record;
    }
  }
}

async function linesUpTo(directory: string, { number, header }: Segment, stream: Stream, at: Position) {
  let count = header.lines[stream];
  const text = await openIfThere(textFile(directory, number, stream));
  if (!text) return count;
  try {
    const length = at[stream] - header.from[stream];
    for (let place = 0; place < length; place += textAtOnce)
      count = countLines(count, await readAt(text, place, Math.min(textAtOnce, length - place)));
  } finally {
    await text.close();
  }
  return count;
}
