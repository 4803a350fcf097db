import type { Queries } from '../database/index.ts';
import { recordEvent } from './events.ts';

/** Who runs an execution, where, and what it may use. */
export interface Claim {
  /** The process's presence, see `database/presence.ts`. */
  readonly runtime: string;
  readonly node: string;
  readonly imageId: string;
  readonly resources: Readonly<Record<string, number>>;
  /** The attempt's own directory: removed by the sweeper when the execution is lost. */
  readonly attemptDirectory: string;
}

/** One execution, as a runtime holds it. */
export interface Execution {
  /** `job_exe.id`. */
  readonly id: number;
  readonly jobId: number;
  readonly exeNum: number;
  readonly epoch: number;
  readonly runtime: string;
  /** The recipe at the top of what its job is a part of: whoever ends the execution locks that first. */
  readonly rootRecipeId?: number | null;
}

/**
 * QUEUED → RUNNING, with a new execution.
 * @returns undefined when another runtime was faster
 */
export async function claim(db: Queries, jobId: number, claim: Claim): Promise<Execution | undefined> {
  const [job] = await db.query<{
    num_exes: number;
    queued: string;
    job_type_id: number;
    root: number | null;
  }>(
    `update job set status = 'RUNNING', num_exes = num_exes + 1, started = now(), ended = null, error = null,
       last_status_change = now(), last_modified = now()
     where id = (select id from job where id = $1 and status = 'QUEUED' for update skip locked)
     returning num_exes, queued, job_type_id, root_recipe_id as root`,
    [jobId],
  );
  if (!job) return undefined;
  const [execution] = await db.query<{ id: number; epoch: number }>(
    `insert into job_exe (job_id, exe_num, status, runtime, node, image_id, resources, attempt_directory, queued, job_type_id)
     values ($1, $2, 'RUNNING', $3, $4, $5, $6, $7, $8, $9) returning id, epoch`,
    [
      jobId,
      job.num_exes,
      claim.runtime,
      claim.node,
      claim.imageId,
      JSON.stringify(claim.resources),
      claim.attemptDirectory,
      job.queued,
      job.job_type_id,
    ],
  );
  await recordEvent(db, {
    entity: 'job',
    id: jobId,
    kind: 'started',
    attempt: job.num_exes,
    actor: claim.runtime,
    data: { job_exe: execution!.id, node: claim.node },
  });
  return {
    id: execution!.id,
    epoch: execution!.epoch,
    jobId,
    exeNum: job.num_exes,
    runtime: claim.runtime,
    rootRecipeId: job.root,
  };
}
