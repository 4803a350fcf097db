import type { Queries } from '../../database/index.ts';
import type { Resources } from '../resources.ts';

/** A node that may take jobs now. */
export interface OpenNode {
  /** `node.id`. */
  readonly id: number;
  readonly capacity: Resources;
  /** What the jobs in its slots were promised. */
  readonly promised: Resources;
  /** `slot.index` of those that are free. */
  readonly freeSlots: readonly number[];
}

/** A job of which it is to be decided where it runs. */
export interface QueuedJob {
  readonly jobId: number;
  readonly jobTypeId: number;
  /** `job_type_revision.id`. */
  readonly revisionId: number;
  /** The image of the revision. */
  readonly image: string;
  readonly priority: number;
  /** UTC text. */
  readonly queued: string;
  readonly resources: Resources;
}

/** How many jobs of a type run in slots, anywhere. */
export interface TypeLoad {
  readonly jobTypeId: number;
  readonly running: number;
  readonly maxScheduled: number | null;
}

/** All that placement needs to know. */
export interface World {
  readonly nodes: readonly OpenNode[];
  readonly candidates: readonly QueuedJob[];
  readonly loads: readonly TypeLoad[];
  readonly mode: 'FIFO' | 'LIFO';
}

/** What a runtime wants to fill. */
export interface Offer {
  /** `node.id`s whose engines answer. */
  readonly nodes: readonly number[];
  /** The queue that is looked into. */
  readonly queue: string;
  /** Jobs that are looked at of each priority and revision. */
  readonly window: number;
  /**
   * Whether other runtimes claim from the same queue: what is looked at is locked then, and what they look at passed over,
   * or all would be after the same few jobs.
   */
  readonly contended?: boolean;
}

/** Priorities and revisions that are looked at, the first ones: bounds the cost however many there are. */
const mostHeads = 500;

const empty: World = { nodes: [], candidates: [], loads: [], mode: 'FIFO' };

/**
 * Locks the nodes, so that of several runtimes one at a time gives their room away, and reads what there is to give and
 * to be placed. Costs the same however long the queue is: it is entered at the head of each priority and revision.
 */
export async function readWorld(tx: Queries, offer: Offer): Promise<World> {
  const mode = await lock(tx, offer.nodes);
  if (!mode) return empty;
  const nodes = await openNodes(tx, offer.nodes);
  if (!nodes.some(({ freeSlots }) => freeSlots.length > 0)) return empty;
  const candidates = await heads(tx, offer, mode);
  if (candidates.length === 0) return empty;
  return { nodes, candidates, loads: await typeLoads(tx, candidates), mode };
}

/**
 * A statement of its own: one that waited for a lock would read slots as they were before it waited. Job types with a
 * limit are locked too, or two runtimes could each start the last job that it allows, on different nodes.
 * @returns undefined while the scheduler is paused
 */
async function lock(tx: Queries, nodes: readonly number[]): Promise<World['mode'] | undefined> {
  const [row] = await tx.prepared<{ mode: World['mode']; paused: boolean }>(
    'lock-nodes',
    `with nodes as (select id from node where id = any($1) order by id for no key update),
       types as (select id from job_type where max_scheduled is not null order by id for no key update)
     select queue_mode as mode, is_paused as paused from scheduler
     where (select count(*) from nodes) + (select count(*) from types) >= 0`,
    [nodes],
  );
  return row!.paused ? undefined : row!.mode;
}

function openNodes(tx: Queries, nodes: readonly number[]): Promise<OpenNode[]> {
  return tx.prepared<OpenNode>(
    'open-nodes',
    `select n.id, n.capacity,
       coalesce((select jsonb_object_agg(name, total) from (
         select r.key as name, sum(r.value::double precision) as total
         from slot s cross join lateral jsonb_each_text(s.resources) r
         where s.node_id = n.id and s.job_exe_id is not null group by r.key) as sums), '{}') as promised,
       array(select s.index from slot s where s.node_id = n.id and s.job_exe_id is null order by s.index) as "freeSlots"
     from node n where n.id = any($1) and n.is_active and not n.is_paused and n.state = 'READY' order by n.id`,
    [nodes],
  );
}

function heads(
  tx: Queries,
  { queue, window, contended = false }: Offer,
  mode: World['mode'],
): Promise<QueuedJob[]> {
  const open = `queue = $1 and status = 'QUEUED' and not_before is null`;
  const order = mode === 'FIFO' ? 'queued, id' : 'queued desc, id desc';
  return tx.prepared<QueuedJob>(
    `heads-${mode}-${window}-${contended}`,
    `with recursive head as (
       (select priority, job_type_revision_id as revision from job where ${open}
        order by priority, job_type_revision_id limit 1)
       union all
       select next.priority, next.revision from head cross join lateral (
         select priority, job_type_revision_id as revision from job
         where ${open} and (priority, job_type_revision_id) > (head.priority, head.revision)
         order by priority, job_type_revision_id limit 1) next
     )
     select j.id as "jobId", t.id as "jobTypeId", r.id as "revisionId", r.docker_image as image,
       h.priority, j.queued, j.resources
     from (select * from head limit ${mostHeads}) h
     join job_type_revision r on r.id = h.revision
     join job_type t on t.id = r.job_type_id and t.is_active and not t.is_paused
     cross join lateral (
       select id, queued, resources from job
       where ${open} and priority = h.priority and job_type_revision_id = h.revision
       order by ${order} limit ${window} ${contended ? 'for update skip locked' : ''}) j`,
    [queue],
  );
}

function typeLoads(tx: Queries, candidates: readonly QueuedJob[]): Promise<TypeLoad[]> {
  return tx.prepared<TypeLoad>(
    'type-loads',
    `select t.id as "jobTypeId", t.max_scheduled as "maxScheduled", count(s.job_exe_id)::integer as running
     from job_type t left join slot s on s.job_type_id = t.id
     where t.id = any($1) group by t.id`,
    [[...new Set(candidates.map(({ jobTypeId }) => jobTypeId))]],
  );
}

/** How many slots the executions of a runtime have, anywhere. */
export async function slotsOf(tx: Queries, runtime: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*)::integer from slot where runtime = $1', [
    runtime,
  ]);
  return row!.count;
}
