import { recordBytes } from './index-format.ts';
import type { Stream } from './position.ts';

/** Bytes of one stream that came at once. */
export interface Piece {
  readonly stream: Stream;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly data: Buffer;
}

/** The beginning of a batch that fits into `room` bytes, its records counted, and what is left of it. */
export function fit(
  pieces: readonly Piece[],
  room: number,
): { readonly fitting: readonly Piece[]; readonly left: readonly Piece[] } {
  let free = room;
  for (const [at, piece] of pieces.entries()) {
    const most = free - recordBytes;
    if (piece.data.length <= most) {
      free = most - piece.data.length;
      continue;
    }
    const fitting = pieces.slice(0, at);
    if (most <= 0) return { fitting, left: pieces.slice(at) };
    const [begin, rest] = [piece.data.subarray(0, most), piece.data.subarray(most)];
    return {
      fitting: [...fitting, { ...piece, data: begin }],
      left: [{ ...piece, data: rest }, ...pieces.slice(at + 1)],
    };
  }
  return { fitting: pieces, left: [] };
}
