import type { RecipeGraphDocument, RecipeGraphNode } from '../../../../seed-schema/index.ts';
import { duration } from '../../format.ts';
import { factsOf } from '../../recipe/tree.ts';
import { layOut } from './layout.ts';
import { markup, type Markup } from './markup.ts';

/** Pixels. */
const box = { width: 216, height: 58, gapX: 24, gapY: 40, pad: 12 };

/** Characters of a line in a box; the rest is in its tooltip. */
const lineLength = 32;

/** The graph of a recipe, as a drawing of its own layout; pure. */
export function graphDrawing({ nodes }: RecipeGraphDocument): Markup {
  if (nodes.length === 0) return markup`<p class="none">It has no nodes.</p>`;
  const { places, edges, columns, layers } = layOut(
    nodes.map(({ name, dependencies }) => ({ name, parents: dependencies.map((one) => one.name) })),
  );
  const x = (column: number) => box.pad + column * (box.width + box.gapX) + box.width / 2;
  const y = (layer: number) => box.pad + layer * (box.height + box.gapY);
  const width = 2 * box.pad + columns * (box.width + box.gapX) - box.gapX;
  const height = 2 * box.pad + layers * (box.height + box.gapY) - box.gapY;
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const drawnEdges = edges.map(({ parent, child, by }) => {
    const [from, to] = [places.get(parent)!, places.get(child)!];
    const otherwise = byName.get(child)!.dependencies.some((one) => one.name === parent && !one.acceptance);
    const points = [
      [x(from.column), y(from.layer) + box.height],
      ...by.flatMap(({ column, layer }) => [
        [x(column), y(layer)],
        [x(column), y(layer) + box.height],
      ]),
      [x(to.column), y(to.layer)],
    ] as [number, number][];
    return markup`<path
      class="edge${otherwise ? ' otherwise' : ''}"
      d="${curve(points)}"
      marker-end="url(#arrow)"
    />`;
  });
  const drawnNodes = nodes.map((node) => {
    const { column, layer } = places.get(node.name)!;
    return drawnNode(node, x(column) - box.width / 2, y(layer));
  });
  return markup`<div class="scroll">
    <svg
      class="graph"
      role="img"
      aria-label="Graph of nodes"
      width="${width}"
      height="${height}"
      viewBox="0 0 ${width} ${height}"
    >
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" class="head" />
        </marker>
      </defs>
      ${drawnEdges}${drawnNodes}
    </svg>
  </div>`;
}

function drawnNode(node: RecipeGraphNode, left: number, top: number): Markup {
  const { name, state, node_type: type, duration: seconds } = node;
  const took = seconds === null ? '' : ` · ${duration(seconds * 1000)}`;
  const facts = factsOf({ ...node, dependencies: [] });
  const round = { job: 6, recipe: 0, condition: box.height / 2 }[type];
  const inset =
    type === 'recipe' &&
    markup`<rect class="box ${state}" x="4" y="4" width="${box.width}" height="${box.height}" />`;
  return markup`<g transform="translate(${left} ${top})">
    <title>${[name, `${type}, ${state}`, ...facts].join('\n')}</title>${inset}
    <rect class="box ${state}" width="${box.width}" height="${box.height}" rx="${round}" />
    <text class="name" x="${box.width / 2}" y="19">${short(name)}</text>
    <text x="${box.width / 2}" y="35">${state}${took}</text>
    <text class="fact" x="${box.width / 2}" y="50">${short(facts[0] ?? '')}</text>
  </g>
  `;
}

function short(text: string): string {
  const chars = [...text.replace(/\s+/g, ' ')];
  return chars.length <= lineLength ? chars.join('') : `${chars.slice(0, lineLength - 1).join('')}…`;
}

/** Through the points, down each way vertically. */
function curve([first, ...rest]: readonly (readonly [number, number])[]): string {
  let [px, py] = first!;
  const parts = [`M${px} ${py}`];
  for (const [qx, qy] of rest) {
    const middle = (py + qy) / 2;
    parts.push(px === qx ? `L${qx} ${qy}` : `C${px} ${middle} ${qx} ${middle} ${qx} ${qy}`);
    [px, py] = [qx, qy];
  }
  return parts.join('');
}
