import path from 'node:path';
import { sizesOf } from './cap.ts';
import { endOf } from './ended.ts';
import { follow, type FollowOptions } from './follow.ts';
import { limited, type LogPiece } from './log-piece.ts';
import { type LogWriter, logWriter } from './log-writer.ts';
import { locate, look } from './look.ts';
import type { Selection } from './position.ts';
import { removeLog, type SweepOptions, sweepLogs } from './remove.ts';

export interface LogStoreOptions {
  /** Absolute; has a directory for each execution. Made when it is needed. */
  readonly directory: string;
  /** What is kept of one log, MiB, its index included; at least 1/64. */
  readonly capMiB: number;
  /** How long a log is kept after its end. */
  readonly retentionSeconds: number;
  /** How long a follower waits where the file system tells of no change, milliseconds; default: 1000. */
  readonly pollMs?: number | undefined;
  /** The time, milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

export interface ReadOptions {
  /** Where to begin: the `next` of the last piece that was read. Default: 0. */
  readonly from?: number | undefined;
  /** Bytes; default: all that there are. */
  readonly limit?: number | undefined;
}

/** The logs of the executions of one installation. Any number of processes may read and follow what one writes. */
export interface LogStore {
  /** Where the log of an execution is; `stdout.log` and `stderr.log` in it are plain text. */
  directoryOf(execution: number): string;
  /** The one writer of a log. @param options resume: after another writer, to which the same output was given */
  writer(execution: number, options: { readonly resume: boolean }): LogWriter;
  /** What there is now; nothing when there is no log. */
  read(execution: number, selection: Selection, options?: ReadOptions): AsyncIterable<LogPiece>;
  /** What there is and what comes, to the end. */
  follow(execution: number, selection: Selection, options: FollowOptions): AsyncIterable<LogPiece>;
  /** When its writer said that it ends, milliseconds since 1970; undefined when it did not. */
  endOf(execution: number): Promise<number | undefined>;
  /** Twice is fine. */
  remove(execution: number): Promise<void>;
  /** Removes what ended longer ago than logs are kept. Several may sweep at once. @returns how many logs it removed */
  sweep(options?: SweepOptions): Promise<number>;
}

/** A store of logs in a directory. It holds nothing open by itself. */
export function createLogStore(options: LogStoreOptions): LogStore {
  const { directory, capMiB, retentionSeconds, pollMs = 1000, now = Date.now } = options;
  const sizes = sizesOf(capMiB);
  const directoryOf = (execution: number) => path.join(directory, `${execution}`);
  return {
    directoryOf,
    writer: (execution, { resume }) => logWriter({ directory: directoryOf(execution), sizes, now, resume }),
    read: (execution, selection, { from = 0, limit = Number.POSITIVE_INFINITY } = {}) =>
      limited(readFrom(directoryOf(execution), selection, from), limit),
    follow: (execution, selection, follower) => follow(directoryOf(execution), selection, follower, pollMs),
    endOf: (execution) => endOf(directoryOf(execution)),
    remove: (execution) => removeLog(directory, execution),
    sweep: (sweep = {}) => sweepLogs(directory, now() - retentionSeconds * 1000, sweep),
  };
}

async function* readFrom(
  directory: string,
  selection: Selection,
  from: number,
): AsyncGenerator<LogPiece, void, undefined> {
  const at = await locate(directory, selection, from);
  if (at) yield* look(directory, selection, at);
}
