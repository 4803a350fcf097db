import { type SeedbedError, toSeedbedError } from '../../errors/index.ts';
import { Changes } from './changes.ts';
import type { BatchRunner, EndedRow, RowTask } from './runner.ts';
import { withdrawnRow } from './unrun-rows.ts';

/**
 * What runners have in common that make a job of each row: rows wait, have a job that is open, and end; too many at once are
 * held back, and a failure or the wish to stop concerns all of them.
 * @typeParam Open a row whose job has not ended
 */
export abstract class JobRunner<Open> implements BatchRunner {
  protected readonly waiting: RowTask[] = [];
  /** By `job.id`. */
  protected readonly open = new Map<number, Open>();
  protected readonly endedRows: EndedRow[] = [];
  protected readonly changes = new Changes();
  /** Why all of them are to end. */
  protected signal: string | undefined;
  /** Why no row can be run any more. */
  protected failure: SeedbedError | undefined;
  #isFinished = false;

  /** Rows that are given and have not ended, at most. */
  protected abstract readonly most: number;
  /** Rows that have left `waiting` and are not open, or have left `open` and not ended. */
  protected abstract get underWay(): number;
  /** Begins to make jobs of what waits, unless that is being done. */
  protected abstract send(): void;
  protected abstract cancelJobs(ids: readonly number[]): Promise<void>;
  /** Gives back what it holds; see `endAll`. */
  abstract close(): Promise<void>;

  async submit(task: RowTask): Promise<void> {
    if (this.signal !== undefined) {
      this.endedRows.push(withdrawnRow(task, this.signal));
      return this.changes.tell();
    }
    this.waiting.push(task);
    this.send();
    while (this.#size >= this.most && !this.failure) await this.changes.next();
    if (this.failure) throw this.failure;
  }

  finish(): void {
    this.#isFinished = true;
    this.changes.tell();
  }

  cancel(signal: string): void {
    if (this.signal !== undefined) return;
    this.signal = signal;
    for (const task of this.waiting.splice(0)) this.endedRows.push(withdrawnRow(task, signal));
    void this.cancelJobs([...this.open.keys()]);
    this.changes.tell();
  }

  get ended(): AsyncIterable<EndedRow> {
    return this.#ends();
  }

  /** Stops what runs still: without this command nobody would wait for it. */
  protected async endAll(): Promise<void> {
    this.cancel('the end of the batch');
    while (this.#size > 0 && !this.failure) await this.changes.next();
  }

  protected fail(thrown: unknown): void {
    this.failure ??= toSeedbedError(thrown);
    this.changes.tell();
  }

  get #size(): number {
    return this.waiting.length + this.underWay + this.open.size;
  }

  async *#ends(): AsyncGenerator<EndedRow> {
    for (;;) {
      const ended = this.endedRows.shift();
      if (ended) yield ended;
      else if (this.failure) throw this.failure;
      else if (this.#isFinished && this.#size === 0) return;
      else await this.changes.next();
    }
  }
}
