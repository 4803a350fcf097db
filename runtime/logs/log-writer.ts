import { mkdir } from 'node:fs/promises';
import type { Sizes } from './cap.ts';
import { logFailure } from './failure.ts';
import { directoryMode } from './files.ts';
import { PassOver } from './line-count.ts';
import type { Stream } from './position.ts';
import { recover } from './recover.ts';
import { makeEmpty, SegmentedLog } from './segmented-log.ts';
import { WriteQueue } from './write-queue.ts';

/** Writes the log of one execution. It fits where an execution wants a `LogSink`. */
export interface LogWriter {
  /**
   * Readers see it at once. Resolves when there is room for more; `data` is kept until it is written.
   * @throws disk-full, home-unusable, also for an earlier write
   */
  write(chunk: { readonly stream: Stream; readonly data: Buffer }): Promise<void>;
  /** Writes what waits, and the mark of the end. The second time it does nothing. @throws as `write` does */
  end(): Promise<void>;
  /** Writes what waits and leaves no mark: another writer is to go on with `resume`. In place of `end`. */
  leave(): Promise<void>;
}

export interface LogWriterOptions {
  /** Of this log alone. */
  readonly directory: string;
  readonly sizes: Sizes;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Go on with what is there: all that comes is passed over until it is new. Else what is there is removed. */
  readonly resume: boolean;
}

/**
 * Files are opened by the first write, also of no bytes, or by the end: one that is never used needs no end. From then
 * on this writer has its place among those that were before and come after it, whoever writes first.
 */
export function logWriter({ directory, sizes, now, resume }: LogWriterOptions): LogWriter {
  let opening: ReturnType<typeof open> | undefined;
  let ending: Promise<void> | undefined;
  const named = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (thrown) {
      throw logFailure(thrown, directory);
    }
  };

  const open = async () => {
    if (resume) await mkdir(directory, { recursive: true, mode: directoryMode });
    else await makeEmpty(directory);
    const found = await recover(directory);
    const log = new SegmentedLog(directory, found, sizes, now);
    if (!found.ended) await log.begin();
    const passOver = {
      stdout: new PassOver(found.lines.stdout),
      stderr: new PassOver(found.lines.stderr),
    };
    return { log, passOver, queue: new WriteQueue((pieces) => log.put(pieces)) };
  };
  const opened = () => (opening ??= open());

  const end = async () => {
    const { log, queue } = await opened();
    try {
      await queue.drain();
    } finally {
      await log.end();
    }
  };

  const leave = async () => {
    if (!opening) return;
    const { log, queue } = await opening;
    try {
      await queue.drain();
    } finally {
      await log.leave();
    }
  };

  return {
    write: ({ stream, data }) =>
      named(async () => {
        const { passOver, queue } = await opened();
        const unseen = passOver[stream].unseen(data);
        if (unseen.length > 0) await queue.push({ stream, time: now(), data: unseen });
      }),
    end: () => (ending ??= named(end)),
    leave: () => (ending ??= named(leave)),
  };
}
