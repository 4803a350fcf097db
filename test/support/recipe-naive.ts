import type { DefinedNode, RecipeDefinition } from '../../seed-schema/index.ts';
import { parentNames, topologicalOrder } from '../../runtime/recipe/index.ts';

/** What jobs end as, and what conditions decide. */
export interface Outcomes {
  /** Of a job or run, as it is now; undefined: it has not ended. */
  readonly job: (name: string, item: number) => 'COMPLETED' | 'FAILED' | undefined;
  readonly verdict: (name: string) => boolean;
  /** Elements of a node with `forEach`. */
  readonly elements: (name: string) => number;
  /** What has completed or was skipped stays so, also where runs that it went without are requeued. */
  readonly settled: ReadonlyMap<string, string>;
}

/**
 * How each node stands, worked out anew from the whole definition: slow, simple, and without any memory. Every node's
 * edges are order only, so that all are hard.
 */
export function evaluate(definition: RecipeDefinition, outcomes: Outcomes): Record<string, string> {
  const states: Record<string, string> = {};
  for (const name of topologicalOrder(definition.nodes)) {
    const node = definition.nodes[name]!;
    const parents = parentNames(node).map((parent) => fate(definition, states, node, parent, outcomes));
    const settled = outcomes.settled.get(name);
    if (settled !== undefined) states[name] = settled;
    else if (parents.some((parent) => parent === 'stuck')) states[name] = 'BLOCKED';
    else if (parents.some((parent) => parent === 'waits')) states[name] = 'WAITING';
    else if (parents.some((parent) => parent === 'skipped')) states[name] = 'SKIPPED';
    else states[name] = ownState(name, node, outcomes);
  }
  return states;
}

function fate(
  definition: RecipeDefinition,
  states: Record<string, string>,
  node: DefinedNode,
  parent: string,
  { verdict }: Outcomes,
): 'used' | 'skipped' | 'stuck' | 'waits' {
  const state = states[parent];
  if (state === 'STUCK' || state === 'BLOCKED') return 'stuck';
  if (state === 'SKIPPED') return 'skipped';
  if (state !== 'COMPLETED') return 'waits';
  if (definition.nodes[parent]!.node_type.node_type !== 'condition') return 'used';
  const { acceptance } = node.dependencies.find(({ name }) => name === parent)!;
  return verdict(parent) === acceptance ? 'used' : 'skipped';
}

function ownState(name: string, { node_type, forEach }: DefinedNode, outcomes: Outcomes): string {
  if (node_type.node_type === 'condition') return 'COMPLETED';
  if (!forEach) {
    const status = outcomes.job(name, -1);
    return status === 'COMPLETED' ? 'COMPLETED' : status === 'FAILED' ? 'STUCK' : 'STARTED';
  }
  const total = outcomes.elements(name);
  const runs = Array.from({ length: total }, (_, item) => outcomes.job(name, item));
  const [completed, failed] = [
    runs.filter((run) => run === 'COMPLETED').length,
    runs.filter((run) => run === 'FAILED').length,
  ];
  const needed = forEach.require === 'all' ? total : forEach.require === 'any' ? Math.min(1, total) : 0;
  if (failed > total - needed) return 'STUCK';
  return completed + failed === total ? 'COMPLETED' : 'STARTED';
}
