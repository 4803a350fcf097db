import { Changes } from './changes.ts';
import { endOf } from './ended.ts';
import type { LogPiece } from './log-piece.ts';
import { locate, look } from './look.ts';
import type { Position, Selection } from './position.ts';

export interface FollowOptions {
  /** Where to begin: the `next` of the last piece that was read. Default: 0. */
  readonly from?: number | undefined;
  /** Aborted to stop following, without an error. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the job is over and its log closed, as those know who keep the jobs; for a log whose writer died before it
   * could say so. Asked at the beginning and whenever nothing has come for a while.
   */
  readonly ended: () => Promise<boolean> | boolean;
}

/**
 * A log as it grows. It ends after a look that began when the log was known to have ended, so the last byte is in it.
 * @param pollMs how long nothing may come before it is looked after all the same
 */
export async function* follow(
  directory: string,
  selection: Selection,
  { from = 0, signal = new AbortController().signal, ended }: FollowOptions,
  pollMs: number,
): AsyncGenerator<LogPiece, void, undefined> {
  const changes = new Changes(directory, pollMs);
  let at: Position | undefined;
  let quiet = true;
  try {
    while (!signal.aborted) {
      changes.arm();
      const over = (await endOf(directory)) !== undefined || (quiet && (await ended()));
      at ??= await locate(directory, selection, from);
      if (at) at = yield* until(signal, look(directory, selection, at));
      if (over) return;
      ({ quiet } = await changes.next(signal));
    }
  } finally {
    changes.close();
  }
}

/** A look that is broken off by a signal gives no position; nobody asks for one then. */
async function* until(
  signal: AbortSignal,
  pieces: AsyncGenerator<LogPiece, Position, undefined>,
): AsyncGenerator<LogPiece, Position | undefined, undefined> {
  try {
    for (;;) {
      const { done, value } = await pieces.next();
      if (done) return value;
      if (signal.aborted) return undefined;
      yield value;
    }
  } finally {
    await pieces.return({ stdout: 0, stderr: 0 });
  }
}
