import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../../runtime/database/index.ts';
import { createSimulatedEngine } from '../../runtime/engine/index.ts';
import { type Ending, registerJobType, submit, submitMany } from '../../runtime/jobs/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { type Executor, type Scheduler, startScheduler } from '../../runtime/scheduler/index.ts';
import { benchManifest } from '../support/image.ts';
import type { Contender } from './contender.ts';
import { fill } from './transitions.ts';

/** Nodes, and jobs at once on each. */
const shape = { nodes: 8, slots: 100 };

const image = 'bench-nothing:1';

/**
 * Our scheduler, whole: its exchange, placement, leases and images, with jobs that end as soon as they have begun on a
 * simulated engine. Each job that ends submits the next one.
 * @param url of an empty database
 */
export async function ourScheduler(url: string, form: Contender['form']): Promise<Contender> {
  const config = readConfig({ DATABASE_URL: url, SEED_SLOTS: String(shape.slots), SEED_HOME: '/tmp' });
  const logger = createLogger('warn');
  const db = await connectLasting(config, { poolSize: 16 });
  const document = benchManifest({ name: 'nothing', command: 'true' });
  const type = await registerJobType(db, judgeManifest(document).manifest!, document, image, 'bench');
  const engines = await Promise.all(
    Array.from({ length: shape.nodes }, async (_, at) => ({
      name: `node-${at}`,
      engine: await createSimulatedEngine({
        seed: 'bench',
        cpus: 4 * shape.slots,
        mem: 2 ** 20,
        images: [image],
      }),
    })),
  );
  const submission = new Submission(db, type, form);
  let onDone: (jobs: number) => void = () => {};
  const executor = endingAtOnce(() => {
    onDone(1);
    submission.next();
  });
  let scheduler: Scheduler | undefined;
  return {
    name: 'seedbed',
    form,
    concurrencies: form === 'batches' ? [200, 800] : [16, 64],
    async lengthen(count) {
      await db.query(fill, [count, type.jobTypeId, type.revisionId]);
      await db.query('vacuum analyze job');
    },
    async cycle(concurrency, done, signal) {
      onDone = done;
      scheduler = await startScheduler({
        db,
        config: { ...config, node: { ...config.node, slots: Math.ceil(concurrency / shape.nodes) } },
        logger,
        engines,
        executor,
        attempts: '/attempts',
        claimLimit: form === 'batches' ? 500 : 1,
      });
      submission.open(() => scheduler!.wake());
      scheduler.wake();
      while (!signal.aborted) await pause(20);
      await submission.close();
      await scheduler.stop({ drain: true });
    },
    waiting: async () => {
      const [row] = await db.query<{ count: number }>(
        `select count(*) as count from job where status = 'QUEUED'`,
      );
      return row!.count;
    },
    close: () => db.close(),
  };
}

const ending: Ending = {
  status: 'COMPLETED',
  exitCode: 0,
  error: null,
  output: { version: '7', files: {}, json: {} },
  steps: [],
  stdoutPath: null,
  stderrPath: null,
};

function endingAtOnce(onEnd: () => void): Executor {
  return {
    run: async ({ execution }) => ({
      execution,
      ending,
      after: async () => onEnd(),
    }),
  };
}

/** Submits one job for each that ended: alone, or as many as came while the last statement ran. */
class Submission {
  readonly #db: LastingDatabase;
  readonly #type: Parameters<typeof submit>[1]['type'];
  readonly #form: Contender['form'];
  readonly #running = new Set<Promise<void>>();
  #wake: () => void = () => {};
  #open = false;
  #waiting = 0;

  constructor(db: LastingDatabase, type: Parameters<typeof submit>[1]['type'], form: Contender['form']) {
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
    this.#waiting++;
    if (this.#form === 'batches' && this.#running.size > 0) return;
    this.#send();
  }

  #send(): void {
    const count = this.#form === 'batches' ? this.#waiting : 1;
    this.#waiting -= count;
    const sending = submitMany(
      this.#db,
      Array.from({ length: count }, () => this.#job()),
    ).then(() => {
      this.#running.delete(sending);
      this.#wake();
      if (this.#waiting > 0 && this.#open && this.#form === 'batches') this.#send();
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
