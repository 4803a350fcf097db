import { setTimeout as delay } from 'node:timers/promises';
import { ServiceRefusal } from '../../../client/index.ts';
import { SeedbedError, toSeedbedError } from '../../../errors/index.ts';
import { lossWords, patiently } from '../../service/patience.ts';
import { JobRunner } from '../job-runner.ts';
import type { RowTask } from '../runner.ts';
import { unsubmittedRow } from '../unrun-rows.ts';
import { rowOutcome, unfetchedRow } from './row-outcome.ts';
import { type OpenRow, type ServiceJobs, submitRow } from './submit-row.ts';

/** Rows whose jobs the service has and that have not ended, at most: one request asks for all of them. */
const mostOpen = 256;
/** Rows that are sent, and such as are fetched, at once. */
const atOnce = 4;
/** Milliseconds between looks for ends: little while rows end, for jobs that take no time. */
const pauses = { first: 100, most: 1000, growth: 1.3 };
/** Milliseconds between looks why no row runs. */
const silenceMs = 3000;

/** What a runner of a service is opened with. */
export interface ServiceRunnerOptions {
  readonly jobs: ServiceJobs;
  /** Directory for the logs of the batch, absolute. */
  readonly logs: string;
  /** Rows that the service may have at once. */
  readonly most: number | undefined;
  /** Takes a sentence that says why no row runs; undefined: rows run again. */
  readonly tell: (reason: string | undefined) => void;
}

/**
 * Runs rows as jobs of a service: submits them, asks which have ended, and fetches what came of those. A service that goes
 * away meanwhile is waited for.
 */
export class ServiceRunner extends JobRunner<OpenRow> {
  readonly #jobs: ServiceJobs;
  readonly #logs: string;
  protected readonly most: number;
  readonly #tell: (reason: string | undefined) => void;
  #sending = 0;
  /** Jobs that have ended and are not fetched yet. */
  #arriving = 0;
  #looking: Promise<void> | undefined;
  #toldAt = performance.now();

  constructor({ jobs, logs, most = mostOpen, tell }: ServiceRunnerOptions) {
    super();
    this.#jobs = jobs;
    this.#logs = logs;
    this.most = Math.min(most, mostOpen);
    this.#tell = tell;
  }

  async close(): Promise<void> {
    await this.endAll();
    await this.#looking;
  }

  protected get underWay(): number {
    return this.#sending + this.#arriving;
  }

  protected send(): void {
    while (this.#sending < atOnce && !this.failure) {
      const task = this.waiting.shift();
      if (!task) return;
      this.#sending++;
      void this.#sendOne(task).then(() => {
        this.#sending--;
        this.send();
        this.changes.tell();
      });
    }
  }

  async #sendOne(task: RowTask): Promise<void> {
    try {
      const row = await this.#patiently(() => submitRow(this.#jobs, task));
      this.open.set(row.job, row);
      if (this.signal !== undefined) void this.cancelJobs([row.job]);
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    } catch (thrown) {
      if (isOfRow(thrown)) this.endedRows.push(unsubmittedRow(task, toSeedbedError(thrown)));
      else this.fail(thrown);
    }
  }

  /** Goes on while any row has not ended. */
  async #look(): Promise<void> {
    let pause = pauses.first;
    while (this.open.size > 0 && !this.failure) {
      await delay(pause);
      try {
        const ended = await this.#patiently(() => this.#endedJobs());
        pause = ended.length > 0 ? pauses.first : Math.min(pause * pauses.growth, pauses.most);
        await this.#take(ended);
        await this.#tellWhyNothingRuns();
      } catch (thrown) {
        this.fail(thrown);
      }
    }
  }

  async #endedJobs(): Promise<number[]> {
    const query = { job_id: [...this.open.keys()], status: ['COMPLETED', 'FAILED', 'CANCELED'] };
    const { results } = await this.#jobs.client.jobs({ ...query, page_size: 1000 });
    return results.map(({ id }) => id);
  }

  async #take(ended: readonly number[]): Promise<void> {
    for (let at = 0; at < ended.length && !this.failure; at += atOnce)
      await Promise.all(ended.slice(at, at + atOnce).map((id) => this.#takeOne(id)));
  }

  async #takeOne(id: number): Promise<void> {
    const row = this.open.get(id)!;
    this.#arriving++;
    this.open.delete(id);
    try {
      const job = await this.#patiently(() => this.#jobs.client.job(id));
      this.endedRows.push(
        await this.#patiently(() =>
          rowOutcome(this.#jobs, row, job, this.#logs, this.#lost, this.signal),
        ).catch((thrown: unknown) => {
          if (isLost(thrown)) throw thrown;
          return unfetchedRow(row, job, thrown);
        }),
      );
    } finally {
      this.#arriving--;
      this.changes.tell();
    }
  }

  async #tellWhyNothingRuns(): Promise<void> {
    if (performance.now() - this.#toldAt < silenceMs) return;
    this.#toldAt = performance.now();
    const [oldest] = this.open.keys();
    const { client } = this.#jobs;
    const query = { job_id: [...this.open.keys()], status: 'RUNNING', page_size: 1 };
    const isRunning = oldest === undefined || (await client.jobs(query)).count > 0;
    const why = isRunning ? undefined : (await client.why(oldest)).waiting_for[0];
    this.#tell(why?.description);
  }

  protected async cancelJobs(ids: readonly number[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#patiently(() => this.#jobs.client.cancel({ job_ids: [...ids] })).catch((thrown: unknown) =>
      this.fail(thrown),
    );
  }

  #patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
    return patiently(ask, this.#lost);
  }

  readonly #lost = (error: SeedbedError | undefined) => this.#tell(error && lossWords(error));
}

function isLost(thrown: unknown): boolean {
  return thrown instanceof SeedbedError && ['service-unreachable', 'token-refused'].includes(thrown.error);
}

/** A refusal concerns the row that was sent; a service that is gone, or does not know us, all of them. */
function isOfRow(thrown: unknown): boolean {
  if (thrown instanceof ServiceRefusal) return thrown.definition.status < 500;
  return thrown instanceof SeedbedError && ['input-not-found', 'request-refused'].includes(thrown.error);
}
