import { type LogPiece, markerBetween } from './log-piece.ts';
import { hasReached, latest, offsetAt, type Position, type Selection, streamsOf } from './position.ts';
import { type Entry, SegmentReader } from './segment-reader.ts';
import { listSegments, type Segment } from './segments.ts';
import { TextWindow } from './text-window.ts';

/**
 * What there is of a log from a position on. Both streams are counted apart, so that a byte is given once, even where
 * two writers disagree about the order of the streams.
 * @returns where the next look goes on
 */
export async function* look(
  directory: string,
  selection: Selection,
  start: Position,
): AsyncGenerator<LogPiece, Position, undefined> {
  let at = start;
  for (;;) {
    const { list } = await listSegments(directory);
    const current = list.findLastIndex(({ header }) => hasReached(at, header.from, selection));
    const segment = list[current];
    const next = list[current + 1];
    if (segment) at = yield* readSegment(directory, segment, next, selection, at);
    if (!next) return at;
    if (hasReached(at, next.header.from, selection)) continue;
    const to = latest(at, next.header.from);
    yield markerBetween(at, to, selection, next.header.time);
    at = to;
  }
}

async function* readSegment(
  directory: string,
  { number }: Segment,
  next: Segment | undefined,
  selection: Selection,
  start: Position,
): AsyncGenerator<LogPiece, Position, undefined> {
  const reader = await SegmentReader.open(directory, number);
  if (!reader) return start;
  let at = start;
  try {
    for await (const entries of reader.entries((to) => hasReached(at, to, selection))) {
      const window = new TextWindow(reader, entries);
      for (const entry of entries) {
        const read = yield* readEntry(window, entry, next?.header.from, selection, at);
        at = read.at;
        if (!read.whole) return at;
      }
    }
    return at;
  } finally {
    await reader.close();
  }
}

/** @param until what comes after it belongs to the next segment */
async function* readEntry(
  window: TextWindow,
  { record }: Entry,
  until: Position | undefined,
  selection: Selection,
  start: Position,
): AsyncGenerator<LogPiece, { at: Position; whole: boolean }, undefined> {
  const { kind: stream, time, to } = record;
  let at = start;
  if (stream === 'end' || !streamsOf(selection).includes(stream)) return { at, whole: true };
  const end = Math.min(to[stream], until?.[stream] ?? to[stream]);
  while (at[stream] < end) {
    const data = await window.read(stream, at[stream], end - at[stream]);
    if (data.length === 0) return { at, whole: false };
    const offset = offsetAt(at, selection);
    yield { offset, next: offset + data.length, time, stream, data, dropped: 0 };
    at = { ...at, [stream]: at[stream] + data.length };
  }
  return { at, whole: true };
}

/**
 * The position of an offset.
 * @returns undefined when the log is not there yet, or not that long
 */
export async function locate(
  directory: string,
  selection: Selection,
  offset: number,
): Promise<Position | undefined> {
  if (selection !== 'combined') return { stdout: 0, stderr: 0, [selection]: offset };
  const { list } = await listSegments(directory);
  const current = list.findLastIndex(({ header }) => offsetAt(header.from, selection) <= offset);
  const next = list[current + 1]?.header.from;
  const segment = list[current];
  const end = segment ? await locateIn(directory, segment, offset) : { stdout: 0, stderr: 0 };
  if (!end || offsetAt(end, selection) === offset) return end;
  if (!next) return undefined;
  // In the midst of what was dropped: how much of it was of which stream is not known.
  const excess = offset - offsetAt(end, selection);
  const stdout = Math.min(end.stdout + excess, Math.max(end.stdout, next.stdout));
  return { stdout, stderr: offset - stdout };
}

/** @returns the position of the offset in this segment, or of the segment's end */
async function locateIn(directory: string, { number, header }: Segment, offset: number): Promise<Position> {
  const reader = await SegmentReader.open(directory, number);
  if (!reader) return header.from;
  try {
    let end = (await reader.last())?.to ?? header.from;
    for await (const entries of reader.entries((to) => offsetAt(to, 'combined') <= offset)) {
      const { record, from } = entries[0]!;
      const excess = offset - offsetAt(from, 'combined');
      end = record.kind === 'end' ? from : { ...from, [record.kind]: from[record.kind] + excess };
      break;
    }
    return end;
  } finally {
    await reader.close();
  }
}
