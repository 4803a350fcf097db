import { type DrawnGraph, type DrawnNode, edgesOf, fills, linesOf } from './drawing.ts';

const shapes: Readonly<Record<DrawnNode['node_type'], string>> = {
  job: 'box',
  recipe: 'box3d',
  condition: 'hexagon',
};

/** A graph in DOT, for `dot` of Graphviz. Nodes have ids of their own: names may be anything. */
export function dot(graph: DrawnGraph): string {
  const lines = [
    'digraph {',
    '  rankdir=LR',
    '  node [fontname="sans-serif" style=filled fillcolor="#ffffff" color="#374151" fontcolor="#111827"]',
    ...graph.nodes.map((node, place) => {
      const label = linesOf(node).map(escaped).join('\\n');
      const fill = node.state ? ` fillcolor="${fills[node.state]}"` : '';
      return `  n${place} [label="${label}" shape=${shapes[node.node_type]}${fill}]`;
    }),
    ...edgesOf(graph).map(
      ({ from, to, label }) => `  n${from} -> n${to}${label ? ` [label="${label}"]` : ''}`,
    ),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

/** Text for a quoted label, where `\` begins an escape, and `&` an entity of HTML. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;');
}
