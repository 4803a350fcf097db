import type { Resources } from '../resources.ts';
import type { QueuedJob } from './world.ts';

/** What the statement gives, in one row; null in place of no rows. */
export interface WorldRow {
  readonly paused: boolean;
  readonly mode: 'FIFO' | 'LIFO';
  readonly nodes:
    | {
        readonly id: number;
        readonly capacity: Resources;
        readonly claims: number;
        readonly freeSlots: number[];
        /** What the jobs in the other slots were promised. */
        readonly taken: readonly Resources[];
      }[]
    | null;
  readonly candidates: readonly (QueuedJob & { readonly maxScheduled: number | null })[] | null;
  /** Slots that jobs of a type have, of types that have any. */
  readonly counts: readonly { readonly jobTypeId: number; readonly running: number }[] | null;
}

/** Priorities and revisions that are looked at, the first ones: bounds the cost however many there are. */
const mostHeads = 500;

/**
 * $1 queue, $2 nodes. Costs the same however long the queue is: it is entered at the head of each priority and revision.
 * Sums and orders are left to the caller: each sort or group costs the server more than all rows of a small node.
 */
export function worldStatement(mode: WorldRow['mode'], window: number, contended: boolean): string {
  const open = `queue = $1 and status = 'QUEUED' and not_before is null`;
  const order = mode === 'FIFO' ? 'queued, id' : 'queued desc, id desc';
  return `
    with recursive open_node as materialized (
      select n.id, n.capacity, n.claims, s.*
      from node n cross join lateral (
        select coalesce(array_agg(index) filter (where job_exe_id is null), '{}') as "freeSlots",
          coalesce(array_agg(resources) filter (where job_exe_id is not null), '{}') as taken
        from slot where node_id = n.id) s
      where n.id = any($2) and n.is_active and not n.is_paused and n.state = 'READY'
    ), head as (
      (select priority, job_type_revision_id as revision from job
       where ${open} and exists (select from open_node where "freeSlots" <> '{}')
       order by priority, job_type_revision_id limit 1)
      union all
      select next.priority, next.revision from head cross join lateral (
        select priority, job_type_revision_id as revision from job
        where ${open} and (priority, job_type_revision_id) > (head.priority, head.revision)
        order by priority, job_type_revision_id limit 1) next
    ), candidate as (
      select j.id as "jobId", t.id as "jobTypeId", t.max_scheduled as "maxScheduled", r.id as "revisionId",
        r.docker_image as image, h.priority, j.queued, j.resources
      from (select * from head limit ${mostHeads}) h
      join job_type_revision r on r.id = h.revision
      join job_type t on t.id = r.job_type_id and t.is_active and not t.is_paused
      cross join lateral (
        select id, queued, resources from job
        where ${open} and priority = h.priority and job_type_revision_id = h.revision
        order by ${order} limit ${window} ${contended ? 'for update skip locked' : ''}) j
    ), type_count as (
      select job_type_id as "jobTypeId", count(*) as running from slot where job_type_id is not null group by job_type_id
    )
    select is_paused as paused, queue_mode as mode,
      (select json_agg(n) from open_node n) as nodes,
      (select json_agg(c) from candidate c) as candidates,
      (select json_agg(t) from type_count t) as counts
    from scheduler`;
}
