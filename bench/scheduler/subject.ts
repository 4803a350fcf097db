import { setTimeout as pause } from 'node:timers/promises';
import { connectLasting, type Queries } from '../../runtime/database/index.ts';
import { type JobTypeRevision, submitMany } from '../../runtime/jobs/index.ts';
import type { Contender } from './contender.ts';
import { aJob, benchType, openRuntime } from './runtime.ts';
import { fill } from './transitions.ts';

/** Of one runtime that claims in batches, or of each of several that claim one job at a time. */
const shapes = {
  batches: { slots: 200, claimLimit: 500, concurrencies: [1, 2] },
  'one job per claim': { slots: 4, claimLimit: 1, concurrencies: [4, 8, 16] },
} as const;

/** Jobs that one statement puts in the queue: a busy machine takes longer for a million than a statement may. */
const fillStep = 50_000;

/**
 * Our scheduler. Each job that ends submits the next one. In batches it is one runtime or two; at one job per claim there
 * are several, as one runtime makes one claim after the other.
 * @param url of an empty database
 */
export async function ourScheduler(url: string, form: Contender['form']): Promise<Contender> {
  const db = await connectLasting({ home: '', databaseUrl: url }, { poolSize: 16 });
  const type = await benchType(db);
  const { concurrencies, ...shape } = shapes[form];
  return {
    name: 'seedbed',
    form,
    concurrencies,
    async lengthen(count) {
      for (let left = count; left > 0; left -= fillStep)
        await db.query(fill, [Math.min(left, fillStep), type.jobTypeId, type.revisionId]);
      await db.query('vacuum analyze job');
    },
    async cycle(concurrency, onDone, signal) {
      const submission = new Submission(db, type, form);
      const onEnd = () => {
        onDone(1);
        submission.next();
      };
      const closes = await Promise.all(
        Array.from({ length: concurrency }, (_, at) =>
          openRuntime(url, {
            ...shape,
            name: `node-${at}`,
            onEnd,
            onOpen: (wake) => submission.onNext(wake),
          }),
        ),
      );
      while (!signal.aborted) await pause(20);
      await Promise.all(closes.map((close) => close()));
      await submission.settled();
    },
    waiting: async () => {
      const rows = await db.query<{ count: number }>(
        `select count(*) as count from job where status = 'QUEUED'`,
      );
      return rows[0]!.count;
    },
    close: () => db.close(),
  };
}

/** Submits one job for each that ended: alone, or with those that ended while the last statement ran. */
class Submission {
  readonly #db: Queries;
  readonly #type: JobTypeRevision;
  readonly #form: Contender['form'];
  readonly #running = new Set<Promise<void>>();
  readonly #wakes: (() => void)[] = [];
  #waiting = 0;

  constructor(db: Queries, type: JobTypeRevision, form: Contender['form']) {
    this.#db = db;
    this.#type = type;
    this.#form = form;
  }

  /** @param wake called when jobs were submitted */
  onNext(wake: () => void): void {
    this.#wakes.push(wake);
  }

  /** Resolves when each job that ended has a successor. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  next(): void {
    this.#waiting += 1;
    if (this.#form === 'one job per claim' || this.#running.size === 0) this.#send();
  }

  #send(): void {
    const count = this.#form === 'batches' ? this.#waiting : 1;
    this.#waiting -= count;
    const jobs = Array.from({ length: count }, () => aJob(this.#type));
    const sending = submitMany(this.#db, jobs).then(() => {
      this.#running.delete(sending);
      for (const wake of this.#wakes) wake();
      if (this.#waiting > 0) this.#send();
    });
    this.#running.add(sending);
  }
}
