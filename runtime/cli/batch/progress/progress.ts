import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import type { Tally } from '../results/tally.ts';

/** What a batch shows while it runs. */
export interface BatchProgress {
  /** A word on what is done before the first row, such as a line of a build. */
  detail(line: string): void;
  /** Rows begin to run. */
  begin(tally: Tally): void;
  /** A row has ended. @param isNew whether in this process */
  ended(row: BatchRowDocument, isNew: boolean, tally: Tally): void;
  /** No row runs. @param reason a sentence that says why; undefined: rows run again */
  waiting(reason: string | undefined): void;
  /** Ends what is live; later calls show nothing. */
  close(): void;
}

export const silentBatch: BatchProgress = {
  detail: () => undefined,
  begin: () => undefined,
  ended: () => undefined,
  waiting: () => undefined,
  close: () => undefined,
};

/** Failures that are told as they happen; the results have all of them. */
export const failuresTold = 20;
