import type { DefinedNode, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Comparison } from '../../recipes/index.ts';

/** A definition as it is answered: what Scale's schema wants left out where it is empty is left out. */
export function definitionDocument({ nodes, ...definition }: RecipeDefinition): Record<string, unknown> {
  return {
    ...definition,
    nodes: Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, nodeDocument(node)])),
  };
}

/** The same of what a definition changes. */
export function diffDocument(diff: Comparison): object {
  if (!('nodes' in diff)) return diff;
  return {
    ...diff,
    nodes: Object.fromEntries(Object.entries(diff.nodes).map(([name, node]) => [name, nodeDocument(node)])),
  };
}

function nodeDocument({ node_type: type, ...node }: Pick<DefinedNode, 'node_type'>): object {
  if (type.node_type !== 'condition') return { ...node, node_type: type };
  const filters = type.data_filter.filters.map(({ fields, ...filter }) =>
    fields.length === 0 ? filter : { ...filter, fields },
  );
  return { ...node, node_type: { ...type, data_filter: { ...type.data_filter, filters } } };
}
