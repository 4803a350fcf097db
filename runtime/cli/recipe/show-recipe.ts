import { openClient } from '../service/open-client.ts';
import { recipeId } from '../service/job-id.ts';
import { print } from '../service/print.ts';
import { write } from '../progress/writer.ts';
import { wholeNumber } from '../whole-number.ts';
import { dot, mermaid } from './export.ts';
import { followRecipe } from './follow.ts';
import type { RecipeOptions } from './options.ts';
import { recipeTree } from './tree.ts';

/** `seed recipe ID`. @returns 0; with `--follow` 1 where it cannot be completed */
export async function showRecipe(text: string, options: RecipeOptions): Promise<0 | 1> {
  const id = recipeId(text);
  const levels = wholeNumber('--expand', options.expand, { least: 0, most: 10 });
  const client = await openClient();
  const read = () => client.recipeGraph(id, levels);
  const graph = options.follow ? await followRecipe(read, { silent: !showsTree(options) }) : await read();
  if (options.graph === 'mermaid' || options.graph === 'dot')
    await write(process.stdout, { mermaid, dot }[options.graph](graph));
  else if (!options.follow || !showsTree(options))
    await print(options.graph ?? options.format, graph, () => `${recipeTree(graph).join('\n')}\n`);
  return options.follow && !graph.is_completed ? 1 : 0;
}

function showsTree({ graph, format }: RecipeOptions): boolean {
  return graph === undefined && format === 'text';
}
