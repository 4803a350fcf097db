import type { DefinedNode, RecipeDefinition } from '../../seed-schema/index.ts';
import { isRequired, type NodeInterface } from './interface.ts';

/** A dependency of one node on another. */
export interface Edge {
  readonly parent: string;
  readonly child: string;
  /** What the parent must have decided; undefined where it is no condition. */
  readonly acceptance: boolean | undefined;
  /** Whether the child cannot run without the parent: only inputs that it may lack come from there otherwise. */
  readonly hard: boolean;
}

export interface GraphNode {
  readonly name: string;
  readonly node: DefinedNode;
  readonly interface: NodeInterface;
  readonly parents: readonly Edge[];
  readonly children: readonly Edge[];
}

/** A definition ready to be run: who waits for whom. By name, in the order of the definition. */
export type Graph = ReadonlyMap<string, GraphNode>;

/** @param interfaceOf of each node, by its name; with `forEach` that of the node as a whole */
export function graphOf(definition: RecipeDefinition, interfaceOf: (name: string) => NodeInterface): Graph {
  const edges = Object.entries(definition.nodes).flatMap(([name, node]) =>
    edgesOf(definition, name, node, interfaceOf(name)),
  );
  const nodes = Object.entries(definition.nodes).map(([name, node]) => ({
    name,
    node,
    interface: interfaceOf(name),
    parents: [] as Edge[],
    children: [] as Edge[],
  }));
  const graph = new Map(nodes.map((node) => [node.name, node]));
  for (const edge of edges) {
    graph.get(edge.child)?.parents.push(edge);
    graph.get(edge.parent)?.children.push(edge);
  }
  return graph;
}

/** Names of the nodes that a node depends on, listed or connected, each once. */
export function parentNames(node: DefinedNode): string[] {
  const connected = Object.values(node.input).flatMap((from) =>
    from.type === 'dependency' ? [from.node] : [],
  );
  return [...new Set([...node.dependencies.map(({ name }) => name), ...connected])];
}

function edgesOf(
  definition: RecipeDefinition,
  child: string,
  node: DefinedNode,
  { input }: NodeInterface,
): Edge[] {
  return parentNames(node).map((parent) => {
    const listed = node.dependencies.find(({ name }) => name === parent);
    const inputs = Object.entries(node.input).flatMap(([name, from]) =>
      from.type === 'dependency' && from.node === parent ? [name] : [],
    );
    const isCondition = definition.nodes[parent]?.node_type.node_type === 'condition';
    return {
      parent,
      child,
      acceptance: isCondition ? (listed?.acceptance ?? true) : undefined,
      hard: inputs.length === 0 || inputs.some((name) => isRequired(input, name)),
    };
  });
}

/** Node names so that each comes after all that it depends on; what is left out waits for itself. */
export function topologicalOrder(nodes: Readonly<Record<string, DefinedNode>>): string[] {
  const waiting = new Map(
    Object.entries(nodes).map(([name, node]) => [
      name,
      new Set(parentNames(node).filter((parent) => Object.hasOwn(nodes, parent))),
    ]),
  );
  const children = new Map<string, string[]>();
  for (const [child, parents] of waiting)
    for (const parent of parents) children.set(parent, [...(children.get(parent) ?? []), child]);
  const order = [...waiting].filter(([, parents]) => parents.size === 0).map(([name]) => name);
  for (const name of order)
    for (const child of children.get(name) ?? []) {
      const left = waiting.get(child)!;
      left.delete(name);
      if (left.size === 0) order.push(child);
    }
  return order;
}
