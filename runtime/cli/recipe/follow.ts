import { setTimeout as delay } from 'node:timers/promises';
import type { RecipeGraphDocument, RecipeGraphNode } from '../../../seed-schema/index.ts';
import { write } from '../progress/writer.ts';
import { lossWords, patiently } from '../service/patience.ts';
import { oneLine } from '../table.ts';
import { hasSettled } from './settled.ts';
import { headLine, recipeTree, reusedWords } from './tree.ts';

/** Milliseconds between looks: little at first, for recipes that take no time. */
const pauses = { first: 100, most: 1000, growth: 1.3 };

export interface FollowOptions {
  readonly silent?: boolean;
  readonly out?: NodeJS.WriteStream;
  /** Until the next look, at most so many milliseconds. */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * Shows a recipe until nothing of it goes on: on a terminal its tree, drawn anew with every change, elsewhere a line for each
 * node that stands elsewhere than before, and the tree at the end. A service that goes away meanwhile is waited for.
 * @param read the graph as it is now
 * @returns the graph as it was last
 */
export async function followRecipe(
  read: () => Promise<RecipeGraphDocument>,
  { silent = false, out = process.stdout, wait = delay }: FollowOptions = {},
): Promise<RecipeGraphDocument> {
  const show = silent ? async () => {} : out.isTTY ? redrawing(out) : telling(out);
  const onLoss = (error: Parameters<typeof lossWords>[0]) => process.stderr.write(`${lossWords(error)}\n`);
  let graph = await read();
  for (let pause = pauses.first; ; pause = Math.min(pause * pauses.growth, pauses.most)) {
    const isOver = hasSettled(graph);
    await show(graph, isOver);
    if (isOver) return graph;
    await wait(pause);
    graph = await patiently(read, onLoss);
  }
}

type Show = (graph: RecipeGraphDocument, isOver: boolean) => Promise<void>;

/** Only what fits on the screen is drawn again; at the end all of it is printed. */
function redrawing(out: NodeJS.WriteStream): Show {
  let drawn = 0;
  return async (graph, isOver) => {
    const lines = recipeTree(graph);
    const rows = Math.max(2, (out.rows || 24) - 1);
    const shown =
      isOver || lines.length <= rows
        ? lines
        : [...lines.slice(0, rows - 1), `… ${lines.length - rows + 1} more`];
    const back = drawn > 0 ? `\x1b[${drawn}A\r\x1b[J` : '';
    drawn = shown.length;
    // No line may wrap, or the number of lines is another: automatic wrapping is off meanwhile.
    await write(out, `${back}\x1b[?7l${shown.join('\n')}\n\x1b[?7h`);
  };
}

function telling(out: NodeJS.WriteStream): Show {
  const known = new Map<string, string>();
  return async (graph, isOver) => {
    const lines: string[] = [];
    for (const [path, node] of statesOf(graph, '')) {
      const { state, reason } = node;
      if (known.get(path) === state) continue;
      known.set(path, state);
      // How all of them stand at first is told once, by the tree.
      if (state === 'PENDING') continue;
      const words = [state, reusedWords(node)].filter((word) => word !== '').join(', ');
      lines.push(`${path}: ${words}${reason === null ? '' : `: ${oneLine(reason)}`}`);
    }
    if (isOver) lines.push(...recipeTree(graph));
    else if (known.size > 0 && lines.length > 0) lines.push(headLine(graph));
    if (lines.length > 0) await write(out, `${lines.join('\n')}\n`);
  };
}

function statesOf({ nodes }: RecipeGraphDocument, prefix: string): [string, RecipeGraphNode][] {
  return nodes.flatMap((node) => {
    const path = `${prefix}${oneLine(node.name)}`;
    return [
      [path, node] as [string, RecipeGraphNode],
      ...(node.graph ? statesOf(node.graph, `${path}/`) : []),
    ];
  });
}
