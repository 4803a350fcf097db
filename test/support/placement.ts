import type {
  Candidate,
  Placement,
  PlacementNode,
  PlacementRequest,
} from '../../runtime/scheduler/placement/index.ts';

/** A node of 4 cores, 4096 MiB of memory and 100 GiB of disk with 10 free slots, that has every image. */
export function placementNode(id: number, parts: Partial<PlacementNode> = {}): PlacementNode {
  return {
    id,
    capacity: { cpus: 4, mem: 4096, disk: 102_400 },
    promised: {},
    freeSlots: 10,
    isReady: () => true,
    ...parts,
  };
}

/** A job of type 1 that asks for one core; those with a higher id are younger. */
export function candidate(jobId: number, parts: Partial<Candidate> = {}): Candidate {
  return {
    jobId,
    jobTypeId: 1,
    revisionId: 1,
    priority: 100,
    queued: queuedAt(jobId),
    resources: { cpus: 1, mem: 0, disk: 0 },
    ...parts,
  };
}

/** Microseconds after midnight, as the database writes it. */
export function queuedAt(microseconds: number): string {
  return `2026-01-01T00:00:00.${String(microseconds).padStart(6, '0')}Z`;
}

/** A request with defaults: one node, FIFO, no limit. */
export function placementRequest(parts: Partial<PlacementRequest>): PlacementRequest {
  return { candidates: [], nodes: [placementNode(1)], loads: [], mode: 'FIFO', limit: Infinity, ...parts };
}

/** `job → node` for what was placed, `job ⇢ node` for what is kept. */
export function shown({ placements, reservations }: Placement): string[] {
  return [
    ...placements.map(({ jobId, nodeId }) => `${jobId} → ${nodeId}`),
    ...reservations.map(({ jobId, nodeId }) => `${jobId} ⇢ ${nodeId}`),
  ];
}
