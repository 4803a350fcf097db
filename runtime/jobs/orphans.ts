import type { Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Execution } from './claim.ts';
import { finish } from './finish.ts';

export interface Orphan extends Execution {
  readonly attemptDirectory: string | null;
  readonly node: string;
}

/** The runtimes that executions in RUNNING name. */
export async function claimingRuntimes(db: Queries): Promise<string[]> {
  const rows = await db.query<{ runtime: string }>(
    `select distinct runtime from job_exe where status = 'RUNNING'`,
  );
  return rows.map((row) => row.runtime);
}

/** Ends the executions of dead runtimes as failed with `runtime-lost`. @returns those that this call ended */
export async function failOrphans(db: Queries, deadRuntimes: readonly string[]): Promise<Orphan[]> {
  if (deadRuntimes.length === 0) return [];
  const orphans = await db.query<Orphan>(
    `select id, job_id as "jobId", exe_num as "exeNum", epoch, runtime, node, attempt_directory as "attemptDirectory"
     from job_exe where status = 'RUNNING' and runtime = any($1) for update skip locked`,
    [deadRuntimes],
  );
  const { error, code, title, category, message } = new SeedbedError('runtime-lost', {});
  for (const orphan of orphans)
    await finish(db, orphan, {
      status: 'FAILED',
      exitCode: null,
      error: { name: error, title, category, message, code },
      output: null,
      steps: [],
      stdoutPath: null,
      stderrPath: null,
    });
  return orphans;
}
