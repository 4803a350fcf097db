import type { Database, Queries } from '../../database/index.ts';
import { type Execution, failOrphans, holds } from '../../jobs/index.ts';

/** What becomes of an execution that is to wait for another one: `over` when there is nothing to wait for any more. */
export type Waiting = 'waits' | 'over' | 'canceled' | 'lost';

/**
 * Until when a job waits that nobody wakes; it then looks again. Whoever ends the execution wakes it, and each runtime looks each second for
 * those whose execution is over.
 */
const longest = '1 minute';

/**
 * RUNNING → QUEUED: a job gives up its execution, as if it had never begun, and waits for the end of one of the same
 * identity. That costs it no try, and it keeps no slot.
 * @param awaited `job_exe.id`
 */
export function putBack(db: Database, execution: Execution, awaited: number): Promise<Waiting> {
  return db.transaction(async (tx) => {
    if (!(await holds(tx, execution))) return 'lost';
    // Who ends it waits for us, and then finds the job waiting; or we have waited for him, and see that it is over.
    const running = await tx.query(`select 1 from job_exe where id = $1 and status = 'RUNNING' for share`, [
      awaited,
    ]);
    if (running.length === 0) return 'over';
    const changed = await tx.execute(
      `with back as (
         update job set status = 'QUEUED', num_exes = num_exes - 1, started = null,
           not_before = now() + interval '${longest}', awaited_job_exe_id = $3,
           last_status_change = now(), last_modified = now()
         where id = $2 and cancel_requested is null returning id
       ), freed as (
         update slot set job_exe_id = null, job_type_id = null, runtime = null, resources = null, since = now()
         where job_exe_id = $1 and exists (select from back)
       ), told as (
         insert into event (entity, entity_id, kind, attempt, actor, data)
         select 'job', id, 'awaiting', $4, $5, jsonb_build_object('job_exe', $1::bigint, 'awaited_job_exe', $3::bigint) from back
       )
       delete from job_exe where id = $1 and exists (select from back)`,
      [execution.id, execution.jobId, awaited, execution.exeNum, execution.runtime],
    );
    return changed > 0 ? 'waits' : 'canceled';
  });
}

/** Puts the jobs that wait for an execution back into the queue, once it is over. @returns how many */
export function wakeAwaiting(db: Queries, jobExeId: number): Promise<number> {
  return db.execute(
    `update job set not_before = null, awaited_job_exe_id = null, last_modified = now()
     where id in (select id from job where awaited_job_exe_id = $1 and status = 'QUEUED' for update skip locked)`,
    [jobExeId],
  );
}

/** How an execution stands that is waited for. `left`: a service has died over it, and another one may take it up. */
export type Standing = 'over' | 'runs' | 'left';

/** One whose command has died is ended: nobody takes it up. */
export async function standingOf(db: Database, jobExeId: number): Promise<Standing> {
  const [row] = await db.query<{ status: string; runtime: string; placed: boolean }>(
    'select status, runtime, node_id is not null as placed from job_exe where id = $1',
    [jobExeId],
  );
  if (row?.status !== 'RUNNING') return 'over';
  if (await db.presence.isAlive(row.runtime)) return 'runs';
  if (row.placed) return 'left';
  await db.transaction((tx) => failOrphans(tx, [row.runtime]));
  return 'over';
}
