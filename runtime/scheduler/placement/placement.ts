import type { TypeLoad } from '../../jobs/index.ts';

/** Amounts by name: `cpus` (cores), `mem` and `disk` (MiB), `gpus` (whole), and custom names. Absent is 0. */
export type Amounts = Readonly<Record<string, number | undefined>>;

/** What jobs may be promised of a node, and what of it is promised already. */
export interface NodeLedger {
  readonly capacity: Amounts;
  readonly promised: Amounts;
  /** How many more jobs it may run at once. */
  readonly freeSlots: number;
}

/** A node that takes jobs: one that is paused or offline is not given. */
export interface PlacementNode extends NodeLedger {
  /** `node.id`. */
  readonly id: number;
  /** Whether the image of this `job_type_revision.id` is there. */
  isReady(revisionId: number): boolean;
}

/** A queued job that may start: one whose type or scheduler is paused is not given. */
export interface Candidate {
  readonly jobId: number;
  readonly jobTypeId: number;
  readonly revisionId: number;
  /** Lower comes first. */
  readonly priority: number;
  /** UTC text as the database gives it, which sorts as it reads. */
  readonly queued: string;
  readonly resources: Amounts;
}

/** Who of the same priority and job type comes first: the oldest, or the youngest. */
export type QueueMode = 'FIFO' | 'LIFO';

export interface PlacementRequest {
  readonly candidates: readonly Candidate[];
  readonly nodes: readonly PlacementNode[];
  /** A job type that is not given runs nothing and has no limit. */
  readonly loads: readonly TypeLoad[];
  readonly mode: QueueMode;
  /** How many jobs are placed at most. */
  readonly limit: number;
}

/** A job and the node that it starts on, or that is kept for it. */
export interface Placed {
  readonly jobId: number;
  readonly nodeId: number;
}

/**
 * Why a job that had its turn was not placed:
 * - `type-limit`: its type's `max_scheduled` is reached
 * - `fits-nowhere`: it asks for more than any node has
 * - `image-not-ready`: no node that could ever hold it has its image
 * - `short-now`: the nodes that could hold it are in use, or kept for those before it
 */
export type SkipReason = 'type-limit' | 'fits-nowhere' | 'image-not-ready' | 'short-now';

export interface Placement {
  /** In the order in which they were decided. */
  readonly placements: readonly Placed[];
  /** Nodes that are kept for a job of `skipped`; each job has one at most, and so has each node. */
  readonly reservations: readonly Placed[];
  /** The jobs that had their turn in vain. Those that came after the end (`limit`, all nodes kept) are not named. */
  readonly skipped: readonly { readonly jobId: number; readonly reason: SkipReason }[];
}
