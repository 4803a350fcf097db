import { givenRows, type Queries } from '../../database/index.ts';
import type { Execution } from '../claim.ts';

/** A job, and the slot that it gets. */
export interface Assignment {
  readonly jobId: number;
  readonly nodeId: number;
  /** `slot.index`. */
  readonly slot: number;
  /** `OpenNode.claims`, when this was decided. */
  readonly claims: number;
}

/** An execution that runs in a slot. */
export interface Scheduled extends Execution {
  readonly nodeId: number;
  readonly slot: number;
  readonly jobTypeId: number;
  readonly revisionId: number;
  /** Absolute; its own, made by who drives it. */
  readonly attemptDirectory: string;
}

/**
 * QUEUED → RUNNING for each job that is still queued and that nobody else is about to change; its slot is taken. Comes to
 * nothing on a node on which somebody else has claimed since `readWorld`. To be called in the transaction of that.
 * @param attempts absolute directory in which each execution gets a directory of its own
 * @returns the executions that are ours now, in the order of their assignments
 */
export async function claimMany(
  tx: Queries,
  runtime: string,
  assignments: readonly Assignment[],
  attempts: string,
): Promise<Scheduled[]> {
  if (assignments.length === 0) return [];
  const { form, source, values } = givenRows(columns, assignments, 3);
  const claimed = await tx.prepared<Scheduled>(`claim-${form}`, statement(source), [
    ...[runtime, attempts],
    ...values,
  ]);
  // Those of a statement come as its plan has them.
  const places = new Map(assignments.map(({ jobId }, place) => [jobId, place]));
  return claimed.sort((a, b) => places.get(a.jobId)! - places.get(b.jobId)!);
}

const columns = { jobId: 'bigint', nodeId: 'bigint', slot: 'integer', claims: 'bigint' };

/**
 * $1 runtime, $2 directory of attempts. Everything after the update of the jobs reads its rows, which is a sixth cheaper
 * than to join what each part made.
 */
const statement = (wanted: string) => `
  with wanted as materialized ${wanted}, guard as (
    update node set claims = node.claims + 1 from wanted w
    where node.id = w."nodeId" and node.claims = w.claims returning node.id, node.name
  ), locked as materialized (
    select j.id, nextval('job_exe_id_seq') as exe, guard.id as node_id, guard.name as node, s.index as slot
    from wanted w join guard on guard.id = w."nodeId"
    join slot s on s.node_id = w."nodeId" and s.index = w.slot and s.job_exe_id is null
    join job j on j.id = w."jobId" and j.status = 'QUEUED' and j.not_before is null for update of j skip locked
  ), started as (
    update job set status = 'RUNNING', num_exes = num_exes + 1, started = now(), ended = null, error = null,
      cancel_requested = null, cancel_actor = null, last_status_change = now(), last_modified = now()
    from locked l where job.id = l.id
    returning job.id, job.num_exes, job.queued, job.job_type_id, job.job_type_revision_id, job.resources,
      job.root_recipe_id, l.exe, l.node_id, l.node, l.slot, $2 || '/' || gen_random_uuid() as directory
  ), made as (
    insert into job_exe (id, job_id, exe_num, epoch, status, runtime, node, node_id, resources, attempt_directory, queued,
      job_type_id)
    overriding system value
    select exe, id, num_exes, 1, 'RUNNING', $1, node, node_id, resources, directory, queued, job_type_id from started
  ), taken as (
    update slot set job_exe_id = s.exe, job_type_id = s.job_type_id, runtime = $1, resources = s.resources, since = now()
    from started s where slot.node_id = s.node_id and slot.index = s.slot
  ), events as (
    insert into event (entity, entity_id, kind, attempt, actor, data)
    select 'job', id, 'started', num_exes, $1, jsonb_build_object('job_exe', exe, 'node', node) from started
  )
  select exe as id, id as "jobId", num_exes as "exeNum", 1 as epoch, $1::text as runtime, node_id as "nodeId", slot,
    job_type_id as "jobTypeId", job_type_revision_id as "revisionId", directory as "attemptDirectory",
    root_recipe_id as "rootRecipeId"
  from started`;
