import { below, type FileParameter, type JsonParameter } from '../../../seed-schema/index.ts';
import { type Graph, graphOf, topologicalOrder } from '../graph.ts';
import type { NodeInterface } from '../interface.ts';
import { outputOf, type Whole } from './sources.ts';
import type { DefinitionReport } from './findings.ts';

/** Judges what a recipe gives. */
export function judgeOutputs(whole: Whole, report: DefinitionReport): void {
  for (const [name, output] of Object.entries(whole.definition.output))
    outputOf(output, `The output ${name} of the recipe is`, below('output', name), whole, report);
}

/**
 * What recipes of a definition take and give. An output is required only when its node gives it always: none that a
 * condition can skip.
 * @param whole valid, with the interfaces of all nodes
 */
export function interfaceOf({ definition, interfaces }: Whole): NodeInterface {
  const skippable = skippableNodes(
    definition,
    graphOf(definition, (name) => interfaces.get(name)!),
  );
  const files: FileParameter[] = [];
  const json: JsonParameter[] = [];
  for (const [name, { node, output }] of Object.entries(definition.output)) {
    const outputs = interfaces.get(node)!.output;
    const isSure = !skippable.has(node) && definition.nodes[node]!.node_type.node_type !== 'condition';
    const file = outputs.files.find((parameter) => parameter.name === output);
    const value = outputs.json.find((parameter) => parameter.name === output);
    if (file) files.push({ ...file, name, required: file.required && isSure });
    else if (value) json.push({ ...value, name, required: value.required && isSure });
  }
  return { input: definition.input, output: { files, json } };
}

/** Nodes that are SKIPPED where conditions decide so; see `edgesOf` of graph.ts. */
function skippableNodes({ nodes }: Whole['definition'], graph: Graph): Set<string> {
  const skippable = new Set<string>();
  for (const name of topologicalOrder(nodes)) {
    const { parents } = graph.get(name)!;
    const mayLack = parents.filter(
      ({ parent, acceptance }) => acceptance !== undefined || skippable.has(parent),
    );
    if (mayLack.some(({ hard }) => hard) || (parents.length > 0 && mayLack.length === parents.length))
      skippable.add(name);
  }
  return skippable;
}
