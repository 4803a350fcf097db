import type { DataInterface, DefinedNode } from '../../seed-schema/index.ts';
import type { NodeInterface } from './interface.ts';

/**
 * What a node takes and gives as a whole: with `forEach` many where its job takes and gives one. Outputs are joined in the
 * order of the input; a condition passes on what it accepts.
 * @param own of the job, recipe or condition that the node runs
 */
export function outerInterface(
  { forEach, node_type }: Pick<DefinedNode, 'forEach' | 'node_type'>,
  own: NodeInterface,
): NodeInterface {
  if (!forEach) return own;
  const input = manyOf(own.input, (name) => name === forEach.input);
  if (node_type.node_type === 'condition')
    return { input, output: manyOf(own.output, (name) => name === forEach.input) };
  return { input, output: manyOf(own.output, () => true) };
}

function manyOf({ files, json }: DataInterface, isMany: (name: string) => boolean): DataInterface {
  return {
    files: files.map((file) => (isMany(file.name) ? { ...file, multiple: true } : file)),
    json: json.map((parameter) => (isMany(parameter.name) ? { ...parameter, type: 'array' } : parameter)),
  };
}
