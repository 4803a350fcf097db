import type { GraphState, RecipeGraphDocument, RecipeGraphNode } from '../../../seed-schema/index.ts';
import { factsOf } from './tree.ts';

/** Fill and border of each state, readable with dark text on any background. */
export const stateColours: Readonly<Record<GraphState, readonly [fill: string, border: string]>> = {
  PENDING: ['#e5e7eb', '#9ca3af'],
  BLOCKED: ['#fde68a', '#b45309'],
  QUEUED: ['#bfdbfe', '#1d4ed8'],
  RUNNING: ['#a5f3fc', '#0e7490'],
  FAILED: ['#fecaca', '#b91c1c'],
  CANCELED: ['#fed7aa', '#c2410c'],
  COMPLETED: ['#bbf7d0', '#15803d'],
  SKIPPED: ['#f3f4f6', '#6b7280'],
};

interface Flat {
  readonly id: string;
  readonly node: RecipeGraphNode;
}

/** The graph as a Mermaid flowchart, expanded sub-recipes as subgraphs. Pure. */
export function mermaid(graph: RecipeGraphDocument): string {
  const lines = ['flowchart TD'];
  for (const [state, [fill, stroke]] of Object.entries(stateColours))
    lines.push(`  classDef ${state} fill:${fill},stroke:${stroke},color:#111827`);
  const add = (nodes: readonly Flat[], indent: string) => {
    const ids = new Map(nodes.map(({ id, node }) => [node.name, id]));
    for (const { id, node } of nodes) {
      const label = `"${mermaidText(labelOf(node))}"`;
      const shape = { job: `[${label}]`, recipe: `[[${label}]]`, condition: `{{${label}}}` }[node.node_type];
      lines.push(`${indent}${id}${shape}:::${node.state}`);
      for (const { name, acceptance } of node.dependencies) {
        const parent = ids.get(name);
        if (parent) lines.push(`${indent}${parent} -->${acceptance ? '' : '|rejected|'} ${id}`);
      }
      if (!node.graph) continue;
      lines.push(`${indent}subgraph ${id}_in["${mermaidText([node.name])}"]`);
      add(flat(node.graph, `${id}_`), `${indent}  `);
      lines.push(`${indent}end`, `${indent}${id} -.- ${id}_in`);
    }
  };
  add(flat(graph, 'n'), '  ');
  return `${lines.join('\n')}\n`;
}

/** The graph for Graphviz, expanded sub-recipes as clusters. Pure. */
export function dot(graph: RecipeGraphDocument): string {
  const lines = [
    `digraph "recipe ${graph.id}" {`,
    '  rankdir=TB; compound=true;',
    '  node [style="filled,rounded", fontname="sans-serif", fontcolor="#111827"];',
  ];
  const add = (nodes: readonly Flat[], indent: string) => {
    const ids = new Map(nodes.map(({ id, node }) => [node.name, id]));
    for (const { id, node } of nodes) {
      const [fill, border] = stateColours[node.state];
      const shape = { job: 'box', recipe: 'box3d', condition: 'diamond' }[node.node_type];
      const label = labelOf(node).map(dotText).join('\\n');
      lines.push(
        `${indent}${id} [label="${label}", shape=${shape}, fillcolor="${fill}", color="${border}"];`,
      );
      for (const { name, acceptance } of node.dependencies) {
        const parent = ids.get(name);
        if (parent) lines.push(`${indent}${parent} -> ${id}${acceptance ? '' : ' [label="rejected"]'};`);
      }
      if (!node.graph) continue;
      lines.push(`${indent}subgraph cluster_${id} {`, `${indent}  label="${dotText(node.name)}";`);
      const inside = flat(node.graph, `${id}_`);
      add(inside, `${indent}  `);
      lines.push(`${indent}}`);
      if (inside[0]) lines.push(`${indent}${id} -> ${inside[0].id} [style=dashed, lhead=cluster_${id}];`);
    }
  };
  add(flat(graph, 'n'), '  ');
  return `${[...lines, '}'].join('\n')}\n`;
}

/** Names may hold anything: ids are numbers. */
function flat({ nodes }: RecipeGraphDocument, prefix: string): Flat[] {
  return nodes.map((node, at) => ({ id: `${prefix}${at}`, node }));
}

function labelOf(node: RecipeGraphNode): string[] {
  const [fact] =
    node.items || node.counters || node.accepted !== null
      ? factsOf({ ...node, dependencies: [], reason: null }).slice(-1)
      : [];
  return [node.name, node.state, ...(fact === undefined ? [] : [fact])];
}

/** Mermaid has entities by number, and needs them for whatever it might read as its own or as HTML. */
function mermaidText(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N} .,_-]/gu, (char) => `#${char.codePointAt(0)};`),
    )
    .join('<br/>');
}

function dotText(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/[\r\n]+/g, ' ');
}
