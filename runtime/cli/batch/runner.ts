import type { BatchRowDocument } from '../../../seed-schema/index.ts';
import type { ReadyRow } from './rows/row.ts';

/** A row that is to be run, and where its products go. */
export interface RowTask {
  readonly row: ReadyRow;
  /**
   * Of this row in this batch, the same in every process that resumes it: what a job is known by, so that a row is run
   * once, whoever asks for it.
   */
  readonly id: string;
  /** Absolute; it is there. What is in it already is left from an earlier attempt at this row, and is replaced. */
  readonly directory: string;
}

/** What came of a row: what its document says beside what the batch knows itself. */
export type RowOutcome = Pick<
  BatchRowDocument,
  'status' | 'exit_code' | 'error' | 'inputs' | 'outputs' | 'logs' | 'warnings' | 'job' | 'started' | 'ended'
>;

/** A row that has ended: its products are in their place, on the disk, and catalogued. */
export interface EndedRow {
  readonly task: RowTask;
  readonly outcome: RowOutcome;
}

/**
 * Runs rows, as many at once as there is room for: the scheduler in this process, or a service. A batch gives it rows in
 * their order, and hears of each once.
 */
export interface BatchRunner {
  /**
   * Takes a row. Resolves when another may be given, so that a million of them are not held at once. A row that an earlier
   * process has given already (its `id` is known) is not run again while it waits or runs, nor when it completed: what
   * became of it is told. One that failed or was canceled is run again.
   * @throws SeedbedError where no row can be run any more, such as database-unreachable
   */
  submit(task: RowTask): Promise<void>;
  /** No more rows come: `ended` ends with the last of them. */
  finish(): void;
  /** Rows as they end, in any order. Throws where the runner is at its end. */
  readonly ended: AsyncIterable<EndedRow>;
  /**
   * The user wants to stop: what waits is withdrawn, what runs is stopped, and both end as `canceled`. What is submitted
   * later ends so at once.
   * @param signal its name, e.g. `SIGINT`
   */
  cancel(signal: string): void;
  /** Gives back what it holds; after `ended` has ended, or when that is not waited for. */
  close(): Promise<void>;
}
