import { write } from '../progress/writer.ts';
import { followRecipe } from '../recipe/follow.ts';
import { recipeId } from '../service/job-id.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { wholeNumber } from '../whole-number.ts';
import { forcedNodes } from './forced-nodes.ts';
import type { ReprocessOptions } from './options.ts';
import { planText } from './plan-text.ts';

/** Levels of sub-recipes that `--wait` shows. */
const levels = 1;

/** `seed reprocess ID`. @returns 0; with `--wait` 1 where the new recipe cannot be completed */
export async function reprocess(text: string, options: ReprocessOptions): Promise<0 | 1> {
  const { all = false, node, revision, dryRun = false, wait = false, format } = options;
  const id = recipeId(text);
  const wanted = {
    forced_nodes: forcedNodes(all, node),
    ...(revision === undefined
      ? {}
      : { revision_num: wholeNumber('--revision', revision, { most: 2_147_483_647 }) }),
  };
  const client = await openClient();
  if (dryRun) {
    const plan = await client.planReprocess(id, wanted);
    await print(format, plan, () => planText(plan));
    return 0;
  }
  const made = await client.reprocess(id, wanted);
  if (!wait) {
    await print(format, made, () => `recipe ${made.id} supersedes recipe ${id}\n`);
    return 0;
  }
  if (format === 'text') await write(process.stdout, `recipe ${made.id} supersedes recipe ${id}\n`);
  const read = () => client.recipeGraph(made.id, levels);
  const graph = await followRecipe(read, { silent: format === 'json' });
  if (format === 'json') await print(format, graph, () => '');
  return graph.is_completed ? 0 : 1;
}
