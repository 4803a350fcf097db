import type { DataInterface, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Manifest } from '../../manifest/index.ts';
import type { Graph, NodeInterface } from '../../recipe/index.ts';

/** A revision of a recipe type, ready to be run. Never changes. */
export interface Plan {
  readonly recipeTypeId: number;
  readonly revisionId: number;
  readonly definition: RecipeDefinition;
  readonly graph: Graph;
  /** What it takes and gives as a node of another recipe. */
  readonly interface: NodeInterface;
  /** By name of node. */
  readonly jobs: ReadonlyMap<string, JobPlan>;
  readonly recipes: ReadonlyMap<string, Plan>;
  /** Job nodes that will run whatever conditions decide, and that wait for others: their jobs are there from the start. */
  readonly eager: ReadonlySet<string>;
}

export interface JobPlan {
  readonly jobTypeId: number;
  readonly revisionId: number;
  readonly manifest: Manifest;
}

/** Which nodes have jobs from the start. */
export function eagerNodes(graph: Graph): Set<string> {
  const conditional = new Set<string>();
  const visit = (name: string): void => {
    if (conditional.has(name)) return;
    conditional.add(name);
    for (const { child } of graph.get(name)!.children) visit(child);
  };
  for (const { name, node } of graph.values()) if (node.node_type.node_type === 'condition') visit(name);
  return new Set(
    [...graph.values()]
      .filter(
        ({ name, node, parents }) =>
          node.node_type.node_type === 'job' && !node.forEach && parents.length > 0 && !conditional.has(name),
      )
      .map(({ name }) => name),
  );
}

/** The outputs that a recipe type declares, as parameters. */
export function declaredOutputs({ output }: RecipeDefinition, graph: Graph): DataInterface {
  const entries = Object.entries(output).map(([name, from]) => {
    const { files, json } = graph.get(from.node)!.interface.output;
    const file = files.find((one) => one.name === from.output);
    return { name, file, value: json.find((one) => one.name === from.output) };
  });
  return {
    files: entries.flatMap(({ name, file }) => (file ? [{ ...file, name }] : [])),
    json: entries.flatMap(({ name, value }) => (value ? [{ ...value, name }] : [])),
  };
}
