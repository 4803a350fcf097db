import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../../runtime/database/index.ts';
import { createSimulatedEngine } from '../../runtime/engine/index.ts';
import { type JobTypeRevision, registerJobType, submitMany } from '../../runtime/jobs/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { type Executor, type Scheduler, startScheduler } from '../../runtime/scheduler/index.ts';
import { benchManifest } from '../support/image.ts';
import { type Contender } from './contender.ts';
import { fill } from './transitions.ts';

const image = 'bench-nothing:1';

/** Jobs at once: of one runtime that claims in batches, or of each of several that claim one job at a time. */
const slots = { batches: 200, 'one job per claim': 4 } as const;

/**
 * Our scheduler, whole: exchange, placement, ledger, leases, images. Its jobs end as soon as they have begun, and each
 * submits the next one. In batches it is one runtime; at one job per claim it is several, as one runtime makes one claim
 * after the other.
 * @param url of an empty database
 */
export async function ourScheduler(url: string, form: Contender['form']): Promise<Contender> {
  const db = await connectLasting({ home: '', databaseUrl: url });
  const document = benchManifest({ name: 'nothing', command: 'true' });
  const type = await registerJobType(db, judgeManifest(document).manifest!, document, image, 'bench');
  return {
    name: 'seedbed',
    form,
    concurrencies: form === 'batches' ? [1, 2] : [4, 8, 16],
    async lengthen(count) {
      await db.query(fill, [count, type.jobTypeId, type.revisionId]);
      await db.query('vacuum analyze job');
    },
    async cycle(concurrency, onDone, signal) {
      const runtimes = await Promise.all(
        Array.from({ length: concurrency }, (_, at) => openRuntime(url, form, `node-${at}`, type, onDone)),
      );
      while (!signal.aborted) await pause(20);
      for (const close of runtimes) await close();
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

/** A runtime with a node of its own. @returns what ends it */
async function openRuntime(
  url: string,
  form: Contender['form'],
  name: string,
  type: JobTypeRevision,
  onDone: (jobs: number) => void,
): Promise<() => Promise<void>> {
  const config = readConfig({ SEED_HOME: '/tmp', SEED_SLOTS: String(slots[form]) });
  const db = await connectLasting({ home: '', databaseUrl: url }, { poolSize: 8 });
  const engine = await createSimulatedEngine({
    seed: 1,
    cpus: 1000,
    mem: 2 ** 20,
    images: [{ reference: image }],
  });
  const submission = new Submission(db, type, form);
  const scheduler: Scheduler = await startScheduler({
    db,
    config,
    logger: createLogger('warn'),
    engines: [{ name, engine }],
    executor: endingAtOnce(() => {
      onDone(1);
      submission.next();
    }),
    attempts: '/attempts',
    claimLimit: form === 'batches' ? 500 : 1,
  });
  submission.open(() => scheduler.wake());
  scheduler.wake();
  return async () => {
    await submission.close();
    await scheduler.stop({ drain: true });
    await db.close();
  };
}

function endingAtOnce(onEnd: () => void): Executor {
  const ending = {
    status: 'COMPLETED',
    exitCode: 0,
    error: null,
    output: { version: '7', files: {}, json: {} },
    steps: [],
    stdoutPath: null,
    stderrPath: null,
  } as const;
  return { run: async ({ execution }) => ({ execution, ending, after: async () => onEnd() }) };
}

/** Submits one job for each that ended: alone, or with those that ended while the last statement ran. */
class Submission {
  readonly #db: LastingDatabase;
  readonly #type: JobTypeRevision;
  readonly #form: Contender['form'];
  readonly #running = new Set<Promise<void>>();
  #wake: () => void = () => {};
  #open = false;
  #waiting = 0;

  constructor(db: LastingDatabase, type: JobTypeRevision, form: Contender['form']) {
    this.#db = db;
    this.#type = type;
    this.#form = form;
  }

  open(wake: () => void): void {
    this.#open = true;
    this.#wake = wake;
  }

  async close(): Promise<void> {
    this.#open = false;
    await Promise.all(this.#running);
  }

  next(): void {
    if (!this.#open) return;
    this.#waiting += 1;
    if (this.#form === 'one job per claim' || this.#running.size === 0) this.#send();
  }

  #send(): void {
    const count = this.#form === 'batches' ? this.#waiting : 1;
    this.#waiting -= count;
    const jobs = Array.from({ length: count }, () => this.#job());
    const sending = submitMany(this.#db, jobs).then(() => {
      this.#running.delete(sending);
      this.#wake();
      if (this.#waiting > 0 && this.#open) this.#send();
    });
    this.#running.add(sending);
  }

  #job() {
    return {
      type: this.#type,
      timeout: 60,
      files: {},
      json: {},
      configuration: {},
      maxTries: 3,
      actor: 'bench',
      resources: { cpus: 1, mem: 128, disk: 0 },
    };
  }
}
