import { offsetAt, type Position, type Selection, type Stream, streamsOf } from './position.ts';

/** A piece of a log as a reader gets it. */
export interface LogPiece {
  /** Bytes of what was asked for (one stream, or both together) before this piece, since the beginning. */
  readonly offset: number;
  /** Where to go on after it: `offset` and its length, or the end of what was dropped. */
  readonly next: number;
  /** When it came, milliseconds since 1970. */
  readonly time: number;
  /** Of the marker in `combined`: stderr. */
  readonly stream: Stream;
  /** At most 64 KiB. */
  readonly data: Buffer;
  /** Bytes that are missing here; `data` is a line that says so. 0: `data` is the job's own. */
  readonly dropped: number;
}

/** The marker in place of the bytes between two positions, of which the second is the later one. */
export function markerBetween(from: Position, to: Position, selection: Selection, time: number): LogPiece {
  const parts = streamsOf(selection).filter((stream) => to[stream] > from[stream]);
  const counts = parts.map((stream) => `${to[stream] - from[stream]} bytes of ${stream}`);
  const [offset, next] = [offsetAt(from, selection), offsetAt(to, selection)];
  const text = `\n[seedbed: ${counts.join(' and ')} were dropped here, because the log is longer than its cap]\n`;
  const stream = selection === 'combined' ? 'stderr' : selection;
  return { offset, next, time, stream, data: Buffer.from(text), dropped: next - offset };
}

/** The same log, but no more than `limit` bytes of it; markers do not count. */
export async function* limited(
  pieces: AsyncIterable<LogPiece>,
  limit: number,
): AsyncGenerator<LogPiece, void, undefined> {
  let left = limit;
  if (left <= 0) return;
  for await (const piece of pieces) {
    if (piece.dropped > 0) {
      yield piece;
      continue;
    }
    const data = piece.data.subarray(0, left);
    left -= data.length;
    yield { ...piece, data, next: piece.offset + data.length };
    if (left === 0) return;
  }
}
