import type {
  Candidate,
  Placement,
  PlacementNode,
  PlacementRequest,
} from '../../runtime/scheduler/placement/index.ts';

/** What a naive scheduler knows of a node: plain sums of whole numbers. */
interface Room {
  readonly node: PlacementNode;
  readonly free: Map<string, number>;
  slots: number;
  kept: boolean;
}

/**
 * Goes through the decisions of one placement turn by turn, as a naive scheduler would take them: the next job is looked
 * for among all that are left, and every node is looked at. Amounts are whole numbers here. Where several nodes are
 * equally good, the one that was chosen is taken.
 * @returns what is wrong with the decisions, in words; undefined when nothing is
 */
export function replay(request: PlacementRequest, decided: Placement): string | undefined {
  const { nodes, limit } = request;
  const rooms = nodes.map((node) => ({
    node,
    free: new Map(
      [...namesOf(request)].map((name) => [name, capacityOf(node, name) - (node.promised[name] ?? 0)]),
    ),
    slots: node.freeSlots,
    kept: false,
  }));
  const counts = new Map(request.loads.map(({ jobTypeId, running }) => [jobTypeId, running]));
  const limits = new Map(
    request.loads.map(({ jobTypeId, maxScheduled }) => [jobTypeId, maxScheduled ?? Infinity]),
  );
  const left = new Set(request.candidates);
  const placed = new Map(decided.placements.map(({ jobId, nodeId }) => [jobId, nodeId]));
  const kept = new Map(decided.reservations.map(({ jobId, nodeId }) => [jobId, nodeId]));
  const skipped = new Map(decided.skipped.map(({ jobId, reason }) => [jobId, reason]));
  if (placed.size !== decided.placements.length) return 'a job is placed twice';
  let count = 0;
  while (left.size > 0 && count < limit && rooms.some((room) => !room.kept)) {
    const job = [...left].reduce((best, each) => (comesFirst(request, counts, each, best) ? each : best));
    left.delete(job);
    const { jobId, jobTypeId } = job;
    const wrong = (text: string) => `job ${jobId} ${text}`;
    const isFull = (counts.get(jobTypeId) ?? 0) >= (limits.get(jobTypeId) ?? Infinity);
    if (isFull) {
      if (placed.has(jobId) || kept.has(jobId)) return wrong('goes beyond the limit of its type');
      if (skipped.get(jobId) !== 'type-limit')
        return wrong('waits for the limit of its type, which is not said');
      continue;
    }
    const able = rooms.filter(({ node }) => holds(job, (name) => capacityOf(node, name)));
    const ready = able.filter(({ node }) => node.isReady(job.revisionId));
    const fitting = ready.filter(
      (room) => !room.kept && room.slots > 0 && holds(job, (name) => room.free.get(name)!),
    );
    if (fitting.length > 0) {
      const chosen = rooms.find(({ node }) => node.id === placed.get(jobId));
      if (!chosen) return wrong('would fit, and is not placed');
      if (!isLeast(fitting, chosen, (room) => leftOver(request, room, job)))
        return wrong(`does not fit best on node ${chosen.node.id}`);
      for (const [name, amount] of chosen.free) chosen.free.set(name, amount - (job.resources[name] ?? 0));
      chosen.slots -= 1;
      counts.set(jobTypeId, (counts.get(jobTypeId) ?? 0) + 1);
      count += 1;
      placed.delete(jobId);
      continue;
    }
    if (placed.has(jobId)) return wrong('is placed where it does not fit, or may not be');
    const keepable = ready.filter((room) => !room.kept);
    if (keepable.length > 0) {
      const chosen = rooms.find(({ node }) => node.id === kept.get(jobId));
      if (!chosen) return wrong('is passed over, and no node is kept for it');
      if (!isLeast(keepable, chosen, (room) => missing(request, room, job)))
        return wrong(`would fit sooner on another node than ${chosen.node.id}`);
      chosen.kept = true;
      counts.set(jobTypeId, (counts.get(jobTypeId) ?? 0) + 1);
      kept.delete(jobId);
    }
    if (kept.has(jobId)) return wrong('has a node kept for it in vain');
    const reason = able.length === 0 ? 'fits-nowhere' : ready.length === 0 ? 'image-not-ready' : 'short-now';
    if (skipped.get(jobId) !== reason) return wrong(`was passed over for ${reason}, which is not said`);
  }
  if (placed.size > 0 || kept.size > 0) return 'more was decided than jobs had their turn';
  return undefined;
}

function comesFirst(
  { mode }: PlacementRequest,
  counts: ReadonlyMap<number, number>,
  a: Candidate,
  b: Candidate,
): boolean {
  if (a.priority !== b.priority) return a.priority < b.priority;
  const load = (job: Candidate) => counts.get(job.jobTypeId) ?? 0;
  if (load(a) !== load(b)) return load(a) < load(b);
  const older = a.queued === b.queued ? a.jobId < b.jobId : a.queued < b.queued;
  return mode === 'FIFO' ? older : !older;
}

function holds(job: Candidate, amountOf: (name: string) => number): boolean {
  return Object.entries(job.resources).every(([name, amount]) => !amount || amount <= amountOf(name));
}

function leftOver(request: PlacementRequest, room: Room, job: Candidate): number {
  return [...room.free].reduce(
    (sum, [name, amount]) => sum + (amount - (job.resources[name] ?? 0)) / scaleOf(request, name),
    0,
  );
}

function missing(request: PlacementRequest, room: Room, job: Candidate): number {
  return [...room.free].reduce(
    (sum, [name, amount]) =>
      sum + (job.resources[name] ? Math.max(0, job.resources[name] - amount) : 0) / scaleOf(request, name),
    0,
  );
}

/** Sums in another order differ in their last digits. */
function isLeast(rooms: readonly Room[], chosen: Room, rank: (room: Room) => number): boolean {
  return rooms.includes(chosen) && rooms.every((room) => rank(chosen) <= rank(room) + 1e-9);
}

function scaleOf({ nodes }: PlacementRequest, name: string): number {
  return Math.max(1e-6, ...nodes.map((node) => capacityOf(node, name)));
}

function capacityOf(node: PlacementNode, name: string): number {
  return node.capacity[name] ?? 0;
}

function namesOf({ candidates, nodes }: PlacementRequest): Set<string> {
  return new Set(
    [...candidates.map(({ resources }) => resources), ...nodes.map(({ capacity }) => capacity)].flatMap(
      Object.keys,
    ),
  );
}
