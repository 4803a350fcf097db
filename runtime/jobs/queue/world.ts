import type { Queries } from '../../database/index.ts';
import type { Resources } from '../resources.ts';
import { type WorldRow, worldStatement } from './world-statement.ts';

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

interface Read {
  readonly world: World;
  readonly paused: boolean;
}

/** The order stands in the statement, and in the database what it is to be: it is hardly ever another one than last time. */
let lastMode: World['mode'] = 'FIFO';

async function inMode(tx: Queries, offer: Offer): Promise<World> {
  let { paused, world } = await read(tx, offer, lastMode);
  if (world.mode !== lastMode) {
    lastMode = world.mode;
    ({ paused, world } = await read(tx, offer, lastMode));
  }
  return paused ? { mode: world.mode, nodes: [], candidates: [], loads: [] } : world;
}

async function read(
  tx: Queries,
  { nodes, queue, window, contended = false }: Offer,
  mode: World['mode'],
): Promise<Read> {
  const [row] = await tx.prepared<WorldRow>(
    `world-${mode}-${window}-${contended}`,
    worldStatement(mode, window, contended),
    [queue, nodes],
  );
  return { paused: row!.paused, world: worldOf(row!) };
}

function worldOf({ mode, nodes, candidates, counts }: WorldRow): World {
  const running = new Map(counts?.map((type) => [type.jobTypeId, type.running]));
  const limits = new Map(candidates?.map(({ jobTypeId, maxScheduled }) => [jobTypeId, maxScheduled]));
  return {
    mode,
    nodes: (nodes ?? []).map(({ taken, freeSlots, ...node }) => ({
      ...node,
      promised: sum(taken),
      freeSlots: freeSlots.sort((a, b) => a - b),
    })),
    candidates: candidates ?? [],
    loads: [...limits].map(([jobTypeId, maxScheduled]) => ({
      jobTypeId,
      maxScheduled,
      running: running.get(jobTypeId) ?? 0,
    })),
  };
}

function sum(all: readonly Resources[]): Resources {
  const total: Record<string, number> = {};
  for (const resources of all)
    for (const [name, amount = 0] of Object.entries(resources)) total[name] = (total[name] ?? 0) + amount;
  return total as Resources;
}

/** How many slots the executions of a runtime have, anywhere. */
export async function slotsOf(tx: Queries, runtime: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>('select count(*)::integer from slot where runtime = $1', [
    runtime,
  ]);
  return row!.count;
}
