/** The two streams of a job. */
export type Stream = 'stdout' | 'stderr';

/** What a reader asks for: one stream, or both in the order in which they came. */
export type Selection = Stream | 'combined';

export const streams: readonly Stream[] = ['stdout', 'stderr'];

/** Bytes of each stream since its beginning, whatever was dropped of them since. */
export type Position = Readonly<Record<Stream, number>>;

export const origin: Position = { stdout: 0, stderr: 0 };

/** The streams that a selection is made of. */
export function streamsOf(selection: Selection): readonly Stream[] {
  return selection === 'combined' ? streams : [selection];
}

/** A position as one number: bytes of the selection since its beginning. */
export function offsetAt(position: Position, selection: Selection): number {
  return streamsOf(selection).reduce((sum, stream) => sum + position[stream], 0);
}

/** Whether `position` is at `other` or after it in each stream of the selection. */
export function hasReached(position: Position, other: Position, selection: Selection): boolean {
  return streamsOf(selection).every((stream) => position[stream] >= other[stream]);
}

/** The later of two positions, stream by stream. */
export function latest(one: Position, other: Position): Position {
  return {
    stdout: Math.max(one.stdout, other.stdout),
    stderr: Math.max(one.stderr, other.stderr),
  };
}
