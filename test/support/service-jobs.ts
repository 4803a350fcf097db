import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from './cli-files.ts';
import { jobImage } from './cli-jobs.ts';
import type { Installation } from './cli.ts';
import type { TestService } from './service.ts';

/** Says that it runs, is deaf to SIGTERM, and ends when it is told to. */
const waiting = {
  name: 'waits-for-go',
  outputs: [{ name: 'READY', pattern: 'ready' }],
  resources: { cpus: 0.1 },
  script: `trap '' TERM; echo begun; touch $OUTPUT_DIR/ready; while [ ! -e $OUTPUT_DIR/go ]; do sleep 0.05; done; echo ended; echo last >&2`,
};

/** A job that runs until it is told to end. */
export interface WaitingJob {
  readonly id: number;
  /** Resolves when its container runs. */
  begun(): Promise<void>;
  /** Lets it end. */
  go(): Promise<void>;
}

/** The image of such a job. */
export function waitingImage(): Promise<string> {
  return jobImage(waiting);
}

/** Submits a job that runs until it is told to end. @param more options of `seed submit` */
export async function submitWaiting(
  seedbed: Installation,
  { env }: TestService,
  more: readonly string[] = [],
): Promise<WaitingJob> {
  const { exit, stdout, stderr } = await seedbed.run(['submit', await waitingImage(), ...more], { env });
  if (exit !== 0) throw new Error(stderr);
  return waitingJob(seedbed, Number(stdout));
}

/** A handle for such a job that was submitted otherwise. */
export function waitingJob(seedbed: Installation, id: number): WaitingJob {
  const output = () =>
    until(`job ${id} to be started`, async () => {
      const [row] = await seedbed.query<{ path: string }>(
        `select attempt_directory as path from job_exe where job_id = $1 and status = 'RUNNING'`,
        [id],
      );
      return row && newestOutput(row.path);
    });
  const begun = async () =>
    void (await until(`job ${id} to have begun`, async () => existsSync(path.join(await output(), 'ready'))));
  return {
    id,
    begun,
    go: async () => {
      await begun();
      // Whoever adopts it may be giving its output another name at this moment.
      await until(`job ${id} to be told`, async () =>
        writeFile(path.join(await output(), 'go'), '').then(
          () => true,
          () => false,
        ),
      );
    },
  };
}

/** What a running job writes to, inside the directory of its attempt: `output`, or what its last adopter calls it. */
async function newestOutput(attempt: string): Promise<string | undefined> {
  const names = (await readdir(attempt).catch(() => [])).filter((name) => /^output(-\d+)?$/.test(name));
  return names[0] && path.join(attempt, names[0]);
}

/** The state of a job when it has ended. */
export function endOf(seedbed: Installation, id: number): Promise<{ status: string; num_exes: number }> {
  return until(`job ${id} to end`, async () => {
    const [row] = await seedbed.query<{ status: string; num_exes: number }>(
      'select status, num_exes from job where id = $1 and ended is not null',
      [id],
    );
    return row;
  });
}
