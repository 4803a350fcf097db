import type { Edge, Graph } from '../../recipe/index.ts';
import type { OldNode, ReprocessPlan } from './plan.ts';

/** Where a node that runs again begins: what those before it that are carried over have come to. */
export interface NodeCounters {
  readonly name: string;
  readonly left: number;
  readonly used: number;
  readonly skips: number;
}

/** The counters of the nodes that are not carried over. */
export function countersOf({ nodes }: ReprocessPlan, graph: Graph): NodeCounters[] {
  const carried = new Map(
    nodes.flatMap(({ name, action, old }) => (action === 'CARRIED_OVER' ? [[name, old!] as const] : [])),
  );
  return [...graph.values()]
    .filter(({ name }) => !carried.has(name))
    .map(({ name, parents }) => {
      const done = parents.filter(({ parent }) => carried.has(parent));
      const lost = done.filter((edge) => !isUsed(edge, carried.get(edge.parent)!));
      return {
        name,
        left: parents.length - done.length,
        used: done.length - lost.length,
        skips: lost.filter(({ hard }) => hard).length,
      };
    });
}

function isUsed({ acceptance }: Edge, { state, accepted }: OldNode): boolean {
  return state === 'COMPLETED' && (acceptance === undefined || accepted === acceptance);
}
