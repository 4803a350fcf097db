import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from '../../../database/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import { dismiss, endedJobs, requestAction } from '../../../jobs/index.ts';
import type { Runtime } from '../../../scheduler/index.ts';
import { userName } from '../../run/registration.ts';
import { JobRunner } from '../job-runner.ts';
import type { RowTask } from '../runner.ts';
import { unsubmittedRow } from '../unrun-rows.ts';
import { patiently } from './patience.ts';
import { rowOutcomes } from './row-outcomes.ts';
import { type OpenRow, type RowJobs, submitRows } from './submit-rows.ts';

/** Rows that are given and have not ended, at most: enough to fill any machine while the next ones are read. */
const mostOpen = 256;
/** Rows that one transaction submits. */
const chunk = 64;
/** Signals tell of ends at once; one that was lost is made up for. */
const pollMs = 1000;
/** Between two looks for ends: those that come meanwhile share one. Nothing waits for it, since slots are filled anyway. */
const pauseMs = 40;

/**
 * Runs rows as jobs of this process's own runtime. Those that are given go to the database in chunks, while earlier ones
 * run; those that end are asked for when the database says that jobs have changed.
 */
export class LocalRunner extends JobRunner<OpenRow> {
  protected readonly most = mostOpen;
  readonly #runtime: Runtime;
  readonly #jobs: RowJobs;
  readonly #installation: string;
  readonly #tidy: () => Promise<void>;
  readonly #unlisten: () => void;
  readonly #poll: NodeJS.Timeout;
  #isSubmitting = false;
  /** Rows that are on their way into the database. */
  #submitting = 0;
  #looking: Promise<void> | undefined;
  #lookAgain = false;

  /** @param tidy what is left to do when the runtime has ended */
  constructor(runtime: Runtime, jobs: RowJobs, tidy: () => Promise<void>) {
    super();
    this.#runtime = runtime;
    this.#jobs = jobs;
    this.#installation = runtime.db.installation;
    this.#tidy = tidy;
    this.#unlisten = runtime.db.listen((topic) => {
      if (topic === 'jobs') this.#look();
    });
    this.#poll = setInterval(() => this.#look(), pollMs);
  }

  /** `job.id` of a row that waits; undefined: none does. */
  get oldest(): number | undefined {
    return this.open.keys().next().value;
  }

  async close(): Promise<void> {
    await this.endAll();
    clearInterval(this.#poll);
    this.#unlisten();
    await this.#looking;
    const { db, scheduler } = this.#runtime;
    // Executions of a killed process that were adopted, and whose rows are not in the batch any more.
    await db.transaction((tx) => dismiss(tx, this.#jobs.queue, userName())).catch(() => undefined);
    if (scheduler.running > 0) db.notify('actions');
    await this.#runtime.stop({ drain: !this.failure });
    await this.#tidy();
  }

  protected get underWay(): number {
    return this.#submitting;
  }

  protected send(): void {
    if (!this.#isSubmitting) void this.#submitAll();
  }

  async #submitAll(): Promise<void> {
    this.#isSubmitting = true;
    // What is given in the same breath comes along.
    await Promise.resolve();
    while (this.waiting.length > 0 && !this.failure) await this.#submitSome(this.waiting.splice(0, chunk));
    this.#isSubmitting = false;
  }

  async #submitSome(tasks: readonly RowTask[]): Promise<void> {
    const { db, scheduler } = this.#runtime;
    this.#submitting = tasks.length;
    try {
      const rows = await patiently(() => submitRows(db, this.#jobs, tasks));
      for (const row of rows) this.open.set(row.job, row);
      scheduler.wake();
      if (this.signal !== undefined) void this.cancelJobs(rows.map(({ job }) => job));
      this.#look();
    } catch (thrown) {
      await this.#refused(tasks, thrown);
    } finally {
      this.#submitting = 0;
      this.changes.tell();
    }
  }

  /** What the database will never take must not fail the rows beside it. */
  async #refused(tasks: readonly RowTask[], thrown: unknown): Promise<void> {
    const [task] = tasks;
    if (isPassing(thrown) || !task) return this.fail(thrown);
    if (tasks.length === 1) {
      this.endedRows.push(unsubmittedRow(task, toSeedbedError(thrown)));
      return;
    }
    for (const one of tasks) await this.#submitSome([one]);
  }

  #look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#lookOften().finally(() => (this.#looking = undefined));
  }

  async #lookOften(): Promise<void> {
    while (this.#lookAgain && !this.failure) {
      this.#lookAgain = false;
      if (this.open.size === 0) return;
      try {
        await patiently(() => this.#lookOnce());
        await delay(pauseMs);
      } catch (thrown) {
        this.fail(thrown);
      }
    }
  }

  async #lookOnce(): Promise<void> {
    const { db } = this.#runtime;
    // Jobs of a database that is gone for good never end.
    if (db.installation !== this.#installation)
      throw new SeedbedError('database-unreachable', {
        where: db.where,
        reason: 'another database is in its place',
      });
    const jobs = await endedJobs(db, [...this.open.keys()]);
    if (jobs.length === 0) return;
    const ended = jobs.map((job) => [this.open.get(job.id)!, job] as const);
    this.endedRows.push(...(await rowOutcomes(db, this.#jobs.workspace, ended, this.signal)));
    for (const { id } of jobs) this.open.delete(id);
    this.changes.tell();
  }

  protected async cancelJobs(jobIds: readonly number[]): Promise<void> {
    if (jobIds.length === 0) return;
    const { db } = this.#runtime;
    const action = { kind: 'cancel', filter: { jobIds }, actor: userName() } as const;
    await patiently(() => requestAction(db, action)).catch((thrown: unknown) => this.fail(thrown));
    db.notify('actions');
  }
}
