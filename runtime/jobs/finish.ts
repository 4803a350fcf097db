import type { Queries } from '../database/index.ts';
import { recordEvent } from './events.ts';
import type { Execution } from './claim.ts';
import type { EndStatus } from './state.ts';

/** The end of an execution. */
export interface Ending {
  readonly status: EndStatus;
  readonly exitCode: number | null;
  readonly error: object | null;
  /** Scale's shape `{version, files: {NAME: [ids]}, json: {NAME: value}}`; null unless completed. */
  readonly output: object | null;
  readonly steps: readonly object[];
  readonly stdoutPath: string | null;
  readonly stderrPath: string | null;
}

/**
 * RUNNING → COMPLETED | FAILED | CANCELED, for the execution and its job.
 * @returns false when the execution is no longer this runtime's: nothing was changed and its result must be discarded
 */
export async function finish(db: Queries, execution: Execution, ending: Ending): Promise<boolean> {
  const error = ending.error && JSON.stringify(ending.error);
  const output = ending.output && JSON.stringify(ending.output);
  const ended = await db.query(
    `update job_exe set status = $3, exit_code = $4, error = $5, output = $6, steps = $7, stdout_path = $8,
       stderr_path = $9, ended = now()
     where id = $1 and epoch = $2 and status = 'RUNNING' returning id`,
    [
      execution.id,
      execution.epoch,
      ending.status,
      ending.exitCode,
      error,
      output,
      JSON.stringify(ending.steps),
      ending.stdoutPath,
      ending.stderrPath,
    ],
  );
  if (ended.length === 0) return false;
  await db.query(
    `update job set status = $2, error = $3, output = $4, ended = now(), last_status_change = now(), last_modified = now()
     where id = $1`,
    [execution.jobId, ending.status, error, output],
  );
  await recordEvent(db, {
    entity: 'job',
    id: execution.jobId,
    kind: ending.status.toLowerCase(),
    attempt: execution.exeNum,
    actor: execution.runtime,
    data: { job_exe: execution.id, exit_code: ending.exitCode, error: ending.error },
  });
  return true;
}

/** Whether the execution is still this runtime's; locks it, so that it stays so until the transaction ends. */
export async function holds(db: Queries, execution: Execution): Promise<boolean> {
  const rows = await db.query(
    `select 1 from job_exe where id = $1 and epoch = $2 and status = 'RUNNING' for update`,
    [execution.id, execution.epoch],
  );
  return rows.length > 0;
}
