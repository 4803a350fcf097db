import type { Queries } from '../../database/index.ts';
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
 * @returns the executions that are ours now, in no order
 */
export async function claimMany(
  tx: Queries,
  runtime: string,
  assignments: readonly Assignment[],
  attempts: string,
): Promise<Scheduled[]> {
  if (assignments.length === 0) return [];
  return tx.prepared<Scheduled>('claim', statement, [JSON.stringify(assignments), runtime, attempts]);
}

const statement = `
  with wanted as materialized (
    select * from jsonb_to_recordset($1::jsonb) as w ("jobId" bigint, "nodeId" bigint, slot integer, claims bigint)
  ), guard as (
    update node set claims = node.claims + 1 from (select distinct "nodeId", claims from wanted) w
    where node.id = w."nodeId" and node.claims = w.claims returning node.id
  ), locked as materialized (
    select j.id from job j join wanted w on w."jobId" = j.id join guard on guard.id = w."nodeId"
    join slot s on s.node_id = w."nodeId" and s.index = w.slot and s.job_exe_id is null
    where j.status = 'QUEUED' and j.not_before is null for update of j skip locked
  ), started as (
    update job set status = 'RUNNING', num_exes = num_exes + 1, started = now(), ended = null, error = null,
      cancel_requested = null, cancel_actor = null, last_status_change = now(), last_modified = now()
    from locked where job.id = locked.id
    returning job.id, num_exes, queued, job_type_id, job_type_revision_id, resources
  ), made as (
    insert into job_exe (job_id, exe_num, status, runtime, node, node_id, resources, attempt_directory, queued)
    select s.id, s.num_exes, 'RUNNING', $2, n.name, n.id, s.resources, $3 || '/' || gen_random_uuid(), s.queued
    from started s join wanted w on w."jobId" = s.id join node n on n.id = w."nodeId"
    returning id, job_id, exe_num, epoch, runtime, node, node_id, attempt_directory
  ), taken as (
    update slot set job_exe_id = m.id, job_type_id = s.job_type_id, runtime = $2, resources = s.resources, since = now()
    from made m join started s on s.id = m.job_id join wanted w on w."jobId" = m.job_id
    where slot.node_id = w."nodeId" and slot.index = w.slot and slot.job_exe_id is null
    returning slot.job_exe_id
  ), events as (
    insert into event (entity, entity_id, kind, attempt, actor, data)
    select 'job', job_id, 'started', exe_num, $2, jsonb_build_object('job_exe', id, 'node', node) from made
  )
  select m.id, m.job_id as "jobId", m.exe_num as "exeNum", m.epoch, m.runtime, m.node_id as "nodeId", w.slot,
    s.job_type_id as "jobTypeId", s.job_type_revision_id as "revisionId", m.attempt_directory as "attemptDirectory"
  from made m join wanted w on w."jobId" = m.job_id join started s on s.id = m.job_id`;
