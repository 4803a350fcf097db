import type {
  Connection,
  DataInterface,
  DefinedNode,
  JsonParameter,
  FileParameter,
  RecipeDefinition,
} from '../../../seed-schema/index.ts';
import { topologicalOrder } from '../../recipe/index.ts';
import { oneLine, table } from '../table.ts';

/** A definition for people: inputs, nodes after those that they depend on, outputs. Pure. */
export function definitionText(
  heading: readonly string[],
  { input, output, nodes }: RecipeDefinition,
): string {
  const lines = heading.map((line) => `${oneLine(line)}\n`).join('');
  const inputs = inputRows(input);
  const order = topologicalOrder(nodes);
  const rows = order.map((name) => nodeRow(name, nodes[name]!, nodes));
  const outputs = Object.entries(output).map(([name, from]) => [name, `${from.node}.${from.output}`]);
  return [
    lines,
    part('Input', ['NAME', 'TAKES', 'REQUIRED'], inputs),
    part('Nodes', ['NODE', 'RUNS', 'AFTER', 'INPUT'], rows),
    outputs.length > 0 ? part('Output', ['NAME', 'FROM'], outputs) : '',
  ].join('');
}

function part(title: string, heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? `\n${title}: none\n` : `\n${title}:\n${table([heading, ...rows], '  ')}`;
}

function inputRows({ files, json }: DataInterface): string[][] {
  const required = (parameter: FileParameter | JsonParameter) => (parameter.required ? 'yes' : 'no');
  return [
    ...files.map((file) => [file.name, fileWords(file), required(file)]),
    ...json.map((value) => [value.name, `JSON ${value.type}`, required(value)]),
  ];
}

function fileWords({ multiple, media_types: types }: FileParameter): string {
  const what = multiple ? 'files' : 'file';
  return types.length === 0 ? what : `${what}: ${types.join(', ')}`;
}

function nodeRow(name: string, node: DefinedNode, nodes: RecipeDefinition['nodes']): string[] {
  const after = node.dependencies.map((dependency) => {
    const isCondition = nodes[dependency.name]?.node_type.node_type === 'condition';
    return isCondition && !dependency.acceptance ? `${dependency.name} (rejects)` : dependency.name;
  });
  const input = Object.entries(node.input).map(([to, from]) => `${to} = ${sourceWords(from)}`);
  const runs = node.forEach ? `${typeWords(node)}, for each ${node.forEach.input}` : typeWords(node);
  return [name, runs, after.join(', ') || '-', input.join(', ') || '-'];
}

function typeWords({ node_type: type }: DefinedNode): string {
  switch (type.node_type) {
    case 'job':
      return `job ${type.job_type_name} ${type.job_type_version}, revision ${type.job_type_revision}`;
    case 'recipe':
      return `recipe ${type.recipe_type_name}, revision ${type.recipe_type_revision}`;
    case 'condition':
      return 'condition';
  }
}

function sourceWords(from: Connection): string {
  return from.type === 'recipe' ? from.input : `${from.node}.${from.output}`;
}
