import { type DrawnGraph, type DrawnNode, edgesOf, fills, linesOf } from './drawing.ts';

const shapes: Readonly<Record<DrawnNode['node_type'], readonly [string, string]>> = {
  job: ['["', '"]'],
  recipe: ['[["', '"]]'],
  condition: ['{{"', '"}}'],
};

/** A graph as a flowchart of Mermaid, which GitHub and many others draw. Nodes have ids of their own: names may be anything. */
export function mermaid(graph: DrawnGraph): string {
  const states = [...new Set(graph.nodes.flatMap(({ state }) => (state ? [state] : [])))];
  const lines = [
    'flowchart LR',
    ...graph.nodes.map((node, place) => {
      const [open, close] = shapes[node.node_type];
      return `  n${place}${open}${linesOf(node).map(escaped).join('<br/>')}${close}`;
    }),
    ...edgesOf(graph).map(({ from, to, label }) => `  n${from} -->${label ? `|${label}|` : ''} n${to}`),
    ...states.map((state) => {
      const places = graph.nodes.flatMap((node, place) => (node.state === state ? [`n${place}`] : []));
      return `  class ${places.join(',')} ${state}`;
    }),
    ...states.map((state) => `  classDef ${state} fill:${fills[state]},stroke:#374151,color:#111827`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A letter or digit, a comma, a space or one of `._-` inside a word or number; or else any one character. */
const plainOrNot =
  /([\p{L}\p{M}\p{N},]|(?<=\S) (?=\S)|(?<=\p{N})\.(?=\p{N})|(?<=[\p{L}\p{N}])[_-](?=[\p{L}\p{N}]))|[^]/gu;

/**
 * Text for a quoted label, in which Mermaid reads HTML, Markdown (lists and links too) and `%%{directives}%%`: what might be
 * any of that as an entity, `#35;`.
 */
function escaped(text: string): string {
  return text.replace(plainOrNot, (character, plain?: string) => plain ?? `#${character.codePointAt(0)};`);
}
