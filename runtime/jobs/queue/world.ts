import type { Queries } from '../../database/index.ts';
import type { Resources } from '../resources.ts';

/** A node that may take jobs now. */
export interface OpenNode {
  /** `node.id`. */
  readonly id: number;
  readonly capacity: Resources;
  /** Tells this state of the node from later ones. */
  readonly claims: number;
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

/**
 * Reads what there is to give and to be placed, in one statement, so that all of it is of one moment. Costs the same
 * however long the queue is: it is entered at the head of each priority and revision. Nothing is locked for it: a claim
 * says which state of a node it was decided on (`claims`), and comes to nothing when another one was faster. Only job types
 * with a limit are locked, or two runtimes could each start the last job that it allows, on different nodes.
 */
export async function readWorld(tx: Queries, offer: Offer): Promise<World> {
  const world = await inMode(tx, offer);
  const limited = world.loads.filter(({ maxScheduled }) => maxScheduled !== null);
  if (limited.length === 0) return world;
  await tx.query('select from job_type where id = any($1) order by id for no key update', [
    limited.map(({ jobTypeId }) => jobTypeId),
  ]);
  return inMode(tx, offer); // a statement that waited for a lock reads what was before it waited
}

interface Read extends World {
  readonly paused: boolean;
}

/** The order stands in the statement, and in the database what it is to be: it is hardly ever another one than last time. */
let lastMode: World['mode'] = 'FIFO';

async function inMode(tx: Queries, offer: Offer): Promise<World> {
  let world = await read(tx, offer, lastMode);
  if (world.mode !== lastMode) {
    lastMode = world.mode;
    world = await read(tx, offer, lastMode);
  }
  const { paused, ...rest } = world;
  return paused ? { ...rest, nodes: [], candidates: [], loads: [] } : rest;
}

async function read(
  tx: Queries,
  { nodes, queue, window, contended = false }: Offer,
  mode: World['mode'],
): Promise<Read> {
  const [row] = await tx.prepared<Read>(
    `world-${mode}-${window}-${contended}`,
    worldStatement(mode, window, contended),
    [queue, nodes],
  );
  return row!;
}

function worldStatement(mode: World['mode'], window: number, contended: boolean): string {
  const open = `queue = $1 and status = 'QUEUED' and not_before is null`;
  const order = mode === 'FIFO' ? 'queued, id' : 'queued desc, id desc';
  return `
    with recursive open_node as materialized (
      select n.id, n.capacity, n.claims,
        coalesce((select jsonb_object_agg(name, total) from (
          select r.key as name, sum(r.value::double precision) as total
          from slot s cross join lateral jsonb_each_text(s.resources) r
          where s.node_id = n.id and s.job_exe_id is not null group by r.key) as sums), '{}') as promised,
        array(select s.index from slot s
          where s.node_id = n.id and s.job_exe_id is null order by s.index) as "freeSlots"
      from node n where n.id = any($2) and n.is_active and not n.is_paused and n.state = 'READY'
    ), head as (
      (select priority, job_type_revision_id as revision from job
       where ${open} and exists (select from open_node where "freeSlots" <> '{}')
       order by priority, job_type_revision_id limit 1)
      union all
      select next.priority, next.revision from head cross join lateral (
        select priority, job_type_revision_id as revision from job
        where ${open} and (priority, job_type_revision_id) > (head.priority, head.revision)
        order by priority, job_type_revision_id limit 1) next
    ), candidate as materialized (
      select j.id as "jobId", t.id as "jobTypeId", t.max_scheduled, r.id as "revisionId", r.docker_image as image,
        h.priority, j.queued, j.resources
      from (select * from head limit ${mostHeads}) h
      join job_type_revision r on r.id = h.revision
      join job_type t on t.id = r.job_type_id and t.is_active and not t.is_paused
      cross join lateral (
        select id, queued, resources from job
        where ${open} and priority = h.priority and job_type_revision_id = h.revision
        order by ${order} limit ${window} ${contended ? 'for update skip locked' : ''}) j
    ), load as (
      select "jobTypeId", max_scheduled as "maxScheduled",
        (select count(*) from slot s where s.job_type_id = t."jobTypeId") as running
      from (select distinct "jobTypeId", max_scheduled from candidate) t
    )
    select is_paused as paused, queue_mode as mode,
      coalesce((select json_agg(n order by n.id) from open_node n), '[]') as nodes,
      coalesce((select json_agg(c) from candidate c), '[]') as candidates,
      coalesce((select json_agg(l) from load l), '[]') as loads
    from scheduler`;
}

/** How many slots the executions of a runtime have, anywhere. */
export async function slotsOf(tx: Queries, runtime: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*)::integer from slot where runtime = $1', [
    runtime,
  ]);
  return row!.count;
}
