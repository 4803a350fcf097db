import { Dimensions, type Vector } from './dimensions.ts';
import { Loads } from './loads.ts';
import { NodeState } from './node-state.ts';
import { inOrder } from './order.ts';
import type { Placed, Placement, PlacementRequest, SkipReason } from './placement.ts';

/**
 * Which queued job starts on which node. Pure.
 *
 * Each job has its turn (see `inOrder`), and starts on the node where it leaves the least over. If it fits none now and
 * there is one that could hold it, the node with the least missing is kept for it: nothing that comes later is placed
 * there, so what ends there makes room until it fits, however many small jobs keep coming. It is chosen anew each time,
 * and what is missing only becomes less, so that comes to an end. A job keeps no node while it could not start there
 * anyway: when its type is at its limit, or its image is not there.
 *
 * A node that is kept counts as load of the job's type: for the type's limit, or a small job of the same type could
 * always take the place of a big one; and for fair shares, or one type of big jobs could keep all nodes.
 */
export function place({ candidates, nodes, loads: given, mode, limit }: PlacementRequest): Placement {
  const dimensions = new Dimensions(
    candidates.map(({ resources }) => resources),
    nodes.map(({ capacity }) => capacity),
  );
  const states = nodes.map((node) => new NodeState(node, dimensions)).sort((a, b) => a.node.id - b.node.id);
  const loads = new Loads(given);
  const placements: Placed[] = [];
  const reservations: Placed[] = [];
  const skipped: { jobId: number; reason: SkipReason }[] = [];
  for (const { jobId, jobTypeId, revisionId, resources } of inOrder(candidates, loads, mode)) {
    if (placements.length >= limit || reservations.length === states.length) break;
    if (loads.isFull(jobTypeId)) {
      skipped.push({ jobId, reason: 'type-limit' });
      continue;
    }
    const need = dimensions.need(resources);
    const chosen = bestFit(states, need, revisionId);
    if (chosen) {
      chosen.take(need);
      placements.push({ jobId, nodeId: chosen.node.id });
      loads.add(jobTypeId);
      continue;
    }
    const able = states.filter((state) => state.fitsEver(need));
    const ready = able.filter(({ node }) => node.isReady(revisionId));
    const kept = lowest(ready, (state) => (state.reserved ? undefined : state.missing(need)));
    if (kept) {
      kept.reserved = true;
      reservations.push({ jobId, nodeId: kept.node.id });
      loads.add(jobTypeId);
    }
    const reason = able.length === 0 ? 'fits-nowhere' : ready.length === 0 ? 'image-not-ready' : 'short-now';
    skipped.push({ jobId, reason });
  }
  return { placements, reservations, skipped };
}

function bestFit(states: readonly NodeState[], need: Vector, revisionId: number): NodeState | undefined {
  return lowest(states, (state) =>
    !state.reserved && state.fitsNow(need) && state.node.isReady(revisionId)
      ? state.leftOver(need)
      : undefined,
  );
}

/** The state with the lowest rank, the first of several; those without a rank are passed over. */
function lowest(
  states: readonly NodeState[],
  rank: (state: NodeState) => number | undefined,
): NodeState | undefined {
  let best: NodeState | undefined;
  let least = Infinity;
  for (const state of states) {
    const value = rank(state);
    if (value === undefined || !(value < least)) continue;
    best = state;
    least = value;
  }
  return best;
}
