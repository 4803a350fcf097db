import { below, type DefinedNode } from '../../../seed-schema/index.ts';
import { parentNames, topologicalOrder } from '../graph.ts';
import type { DefinitionReport } from './findings.ts';

/** Nodes that wait for each other: every one of them is in at most one of the cycles that are named. */
export function judgeCycles(nodes: Readonly<Record<string, DefinedNode>>, report: DefinitionReport): void {
  for (const cycle of cyclesOf(nodes)) {
    const [first] = cycle;
    report.error(
      'CIRCULAR_DEPENDENCY',
      below('nodes', first!),
      cycle.length === 1
        ? `Node ${first!} depends on itself`
        : `Nodes wait for each other: ${toldCycle(cycle)}`,
    );
  }
}

/** Each as names, every one of which depends on the next, and the last on the first. */
function cyclesOf(nodes: Readonly<Record<string, DefinedNode>>): string[][] {
  const ordered = new Set(topologicalOrder(nodes));
  // What is left waits for itself, or for what does. Whoever is left has a parent that is left.
  const left = new Set(Object.keys(nodes).filter((name) => !ordered.has(name)));
  const seen = new Set<string>();
  const cycles: string[][] = [];
  for (const start of left) {
    const path = new Map<string, number>();
    let name: string | undefined = start;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      path.set(name, path.size);
      name = parentNames(nodes[name]!).find((parent) => left.has(parent));
    }
    if (name !== undefined && path.has(name)) cycles.push([...path.keys()].slice(path.get(name)));
  }
  return cycles;
}

/** Names that a message has of a cycle. */
const mostTold = 12;

function toldCycle(cycle: readonly string[]): string {
  const more = cycle.length - mostTold;
  const told = more > 0 ? [...cycle.slice(0, mostTold - 1), `${more} more`, cycle.at(-1)!] : cycle;
  return [...told, cycle[0]!].join(' depends on ');
}
