import { readConfig } from '../../runtime/config/index.ts';
import { connectLasting, type Queries } from '../../runtime/database/index.ts';
import { createSimulatedEngine } from '../../runtime/engine/index.ts';
import { type JobTypeRevision, type NewJob, registerJobType } from '../../runtime/jobs/index.ts';
import { createLogger } from '../../runtime/logging/index.ts';
import { judgeManifest } from '../../runtime/manifest/index.ts';
import { type Executor, startScheduler } from '../../runtime/scheduler/index.ts';
import { benchManifest } from '../support/image.ts';

const image = 'bench-nothing:1';

/** The job type of jobs that do nothing. */
export function benchType(db: Queries): Promise<JobTypeRevision> {
  const document = benchManifest({ name: 'nothing', command: 'true' });
  return registerJobType(db, judgeManifest(document).manifest!, document, image, 'bench');
}

export function aJob(type: JobTypeRevision): NewJob {
  return {
    type,
    timeout: 60,
    files: {},
    json: {},
    configuration: {},
    maxTries: 3,
    actor: 'bench',
    resources: { cpus: 1, mem: 128, disk: 0 },
  };
}

export interface BenchRuntime {
  /** Of its node. */
  readonly name: string;
  readonly slots: number;
  readonly claimLimit: number;
  /** Is given what wakes the scheduler. */
  readonly onOpen?: (wake: () => void) => void;
  readonly onBegin?: () => void;
  /** A job's end is in the database. */
  readonly onEnd?: () => void;
}

/**
 * The scheduler, whole, on a simulated engine as its only node: exchange, placement, ledger, leases, images. Its jobs end
 * as soon as they have begun.
 * @returns what ends it
 */
export async function openRuntime(url: string, runtime: BenchRuntime): Promise<() => Promise<void>> {
  const db = await connectLasting({ home: '', databaseUrl: url }, { poolSize: 8 });
  const scheduler = await startScheduler({
    db,
    config: readConfig({ SEED_HOME: '/tmp', SEED_SLOTS: String(runtime.slots) }),
    logger: createLogger('warn'),
    engines: [
      {
        name: runtime.name,
        engine: await createSimulatedEngine({
          seed: 1,
          cpus: 1000,
          mem: 2 ** 20,
          images: [{ reference: image }],
        }),
      },
    ],
    executor: endingAtOnce(runtime),
    attempts: '/attempts',
    claimLimit: runtime.claimLimit,
  });
  runtime.onOpen?.(() => scheduler.wake());
  scheduler.wake();
  return async () => {
    await scheduler.stop({ drain: true });
    await db.close();
  };
}

function endingAtOnce({ onBegin, onEnd }: BenchRuntime): Executor {
  const ending = {
    status: 'COMPLETED',
    exitCode: 0,
    error: null,
    output: { version: '7', files: {}, json: {} },
    steps: [],
    stdoutPath: null,
    stderrPath: null,
  } as const;
  return {
    run: async ({ execution }) => {
      onBegin?.();
      return { execution, ending, after: async () => onEnd?.() };
    },
  };
}
