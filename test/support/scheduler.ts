import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type LastingDatabase } from '../../runtime/database/index.ts';
import type { Engine } from '../../runtime/engine/index.ts';
import type { Ending } from '../../runtime/jobs/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import {
  type Ended,
  type Executor,
  type Scheduler,
  type SchedulerOptions,
  startScheduler,
  type Task,
} from '../../runtime/scheduler/index.ts';
import { simulatedEngine } from './simulated.ts';

export const completed: Ending = {
  status: 'COMPLETED',
  exitCode: 0,
  error: null,
  output: { version: '7', files: {}, json: {} },
  steps: [],
  stdoutPath: null,
  stderrPath: null,
};

/** Executions that end when the test says so, or when they are canceled or detached. */
export class HeldExecutor implements Executor {
  readonly tasks: Task[] = [];
  readonly #ends = new Map<number, (ended: Ended | undefined) => void>();
  /** `after(held)` of each execution that ended. */
  readonly settled = new Map<number, boolean>();

  run(task: Task): Promise<Ended | undefined> {
    this.tasks.push(task);
    return new Promise((resolve) => {
      this.#ends.set(task.execution.jobId, resolve);
      task.detach.addEventListener('abort', () => resolve(undefined));
      task.cancel.addEventListener('abort', () =>
        this.end(task.execution.jobId, { ...completed, status: 'CANCELED', output: null }),
      );
    });
  }

  /** Jobs in the order in which they were begun. */
  get begun(): number[] {
    return this.tasks.map(({ execution }) => execution.jobId);
  }

  end(jobId: number, ending: Ending = completed): void {
    const task = this.tasks.findLast(({ execution }) => execution.jobId === jobId)!;
    const { execution } = task;
    const after = async (held: boolean) => void this.settled.set(jobId, held);
    this.#ends.get(jobId)!({ execution, ending, after });
  }
}

/** Looks again and again until it holds. The limit is for a test that would never end. */
export async function eventually(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await delay(10)) if (await holds()) return;
  throw new Error(`It never came to pass: ${what}`);
}

/** A scheduler over a simulated engine, on a connection of its own. */
export async function testScheduler(
  url: string,
  options: Partial<SchedulerOptions> & {
    readonly name?: string;
    readonly slots?: number;
    readonly engine?: Engine;
  } = {},
): Promise<{
  db: LastingDatabase;
  scheduler: Scheduler;
  executor: HeldExecutor;
  close: () => Promise<void>;
}> {
  const {
    name = `node-${randomUUID()}`,
    slots = 4,
    engine = await simulatedEngine({ cpus: 8 }),
    ...rest
  } = options;
  const db = options.db ?? (await connectLasting({ home: '', databaseUrl: url }));
  const executor = new HeldExecutor();
  const scheduler = await startScheduler({
    db,
    config: readConfig({ SEED_HOME: '/tmp', SEED_SLOTS: String(slots) }),
    logger: createLogger('silent'),
    engines: [{ name, engine }],
    executor,
    attempts: '/no/such/directory',
    ...rest,
  });
  return {
    db,
    scheduler,
    executor,
    close: async () => {
      await scheduler.stop();
      await db.close();
    },
  };
}
