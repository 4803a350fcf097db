import type { Header } from './index-format.ts';

/** How a cap is shared out, bytes. */
export interface Sizes {
  /** The beginning, kept for ever. */
  readonly head: number;
  /** The newest part, in segments of which the oldest is dropped for a new one. */
  readonly tail: number;
  /** One segment of it. */
  readonly tailSegment: number;
}

/** A segment as the cap sees it. */
export interface Kept {
  readonly number: number;
  readonly part: Header['part'];
  readonly bytes: number;
}

/** Below this a cap could not hold its own index. */
const leastCap = 16 * 1024;

/** A head that has less room than this is full. */
const leastRoom = 512;

/** Half for the beginning, half for the newest part. @param capMiB at least 1/64 is taken */
export function sizesOf(capMiB: number): Sizes {
  const cap = Math.max(leastCap, Math.floor(capMiB * 2 ** 20));
  return { head: Math.floor(cap / 2), tail: Math.floor(cap / 2), tailSegment: Math.floor(cap / 16) };
}

/** What the next segment is a part of, and the bytes that it may take. */
export function nextSegment(kept: readonly Kept[], sizes: Sizes): { part: Header['part']; room: number } {
  const left = sizes.head - kept.reduce((sum, { bytes }) => sum + bytes, 0);
  const inHead = left >= leastRoom && kept.every(({ part }) => part === 'head');
  return inHead ? { part: 'head', room: left } : { part: 'tail', room: sizes.tailSegment };
}

/** The segments that must go before another one of the tail is begun, oldest first. */
export function tooMany(kept: readonly Kept[], sizes: Sizes): Kept[] {
  const tail = kept.filter(({ part }) => part === 'tail');
  let bytes = tail.reduce((sum, segment) => sum + segment.bytes, 0) + sizes.tailSegment;
  const going: Kept[] = [];
  for (const segment of tail) {
    if (bytes <= sizes.tail) break;
    bytes -= segment.bytes;
    going.push(segment);
  }
  return going;
}
