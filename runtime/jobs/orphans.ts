import path from 'node:path';
import type { Queries } from '../database/index.ts';
import { SeedbedError } from '../errors/index.ts';
import type { Execution } from './claim.ts';
import { type Ending, finishMany } from './finish.ts';

export interface Orphan extends Execution {
  readonly attemptDirectory: string | null;
  readonly node: string;
}

/** Below which directory the attempts of a private queue are made, in directories of the user's. */
export const privateAttempts = '.seedbed-attempts';

/** Whether a directory is an attempt's by its name: nothing else that a row names is removed. */
export function isAttemptDirectory(directory: string): boolean {
  return (
    path.basename(directory).startsWith('.seedbed-') ||
    path.basename(path.dirname(directory)) === privateAttempts
  );
}

/** What the scheduler placed is adopted by another runtime, and is no orphan. */
const unscheduled = `status = 'RUNNING' and node_id is null`;

/** The runtimes that executions in RUNNING name, besides those that the scheduler placed. */
export async function claimingRuntimes(db: Queries): Promise<string[]> {
  const rows = await db.query<{ runtime: string }>(
    `select distinct runtime from job_exe where ${unscheduled}`,
  );
  return rows.map((row) => row.runtime);
}

/** Ends the executions of dead runtimes as failed with `runtime-lost`. @returns those that this call ended */
export async function failOrphans(db: Queries, deadRuntimes: readonly string[]): Promise<Orphan[]> {
  if (deadRuntimes.length === 0) return [];
  const orphans = await db.query<Orphan>(
    `select id, job_id as "jobId", exe_num as "exeNum", epoch, runtime, node, attempt_directory as "attemptDirectory"
     from job_exe where ${unscheduled} and runtime = any($1) for update skip locked`,
    [deadRuntimes],
  );
  await finishMany(
    db,
    orphans.map((execution) => ({ execution, ending: runtimeLost() })),
  );
  return orphans;
}

/** The end of an execution whose runtime is dead. */
export function runtimeLost(): Ending {
  const { error, code, title, category, message } = new SeedbedError('runtime-lost', {});
  return {
    status: 'FAILED',
    exitCode: null,
    error: { name: error, title, category, message, code },
    output: null,
    steps: [],
    stdoutPath: null,
    stderrPath: null,
  };
}

/** Those of these executions that run, as far as the database knows: their containers are somebody's. */
export async function stillRunning(db: Queries, executions: readonly number[]): Promise<Set<number>> {
  const rows = await db.query<{ id: number }>(
    `select id from job_exe where id = any($1) and status = 'RUNNING'`,
    [executions],
  );
  return new Set(rows.map(({ id }) => id));
}
