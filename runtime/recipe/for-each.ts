import type { DataInterface, DefinedNode } from '../../seed-schema/index.ts';
import type { NodeInterface } from './interface.ts';

/**
 * What a node takes and gives as a whole: with `forEach` many where its job takes and gives one. Outputs are joined in the
 * order of the input; a condition passes on what it accepts.
 * @param own of the job, recipe or condition that the node runs
 */
export function outerInterface({ forEach, node_type }: DefinedNode, own: NodeInterface): NodeInterface {
  if (!forEach) return own;
  const input: DataInterface = {
    files: own.input.files.map((file) => (file.name === forEach.input ? { ...file, multiple: true } : file)),
    json: own.input.json.map((json) => (json.name === forEach.input ? { ...json, type: 'array' } : json)),
  };
  if (node_type.node_type === 'condition') return { input, output: input };
  return {
    input,
    output: {
      files: own.output.files.map((file) => ({ ...file, multiple: true })),
      json: own.output.json.map((json) => ({ ...json, type: 'array' })),
    },
  };
}
