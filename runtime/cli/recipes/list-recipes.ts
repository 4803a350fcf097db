import type { Page, RecipeRow } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { duration } from '../format.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { counted, moment } from '../service/words.ts';
import { table } from '../table.ts';
import { wholeNumber } from '../whole-number.ts';
import type { RecipesOptions } from './options.ts';

/** `seed recipes`. @returns 0 */
export async function listRecipes(options: RecipesOptions): Promise<0> {
  const { completed, unfinished } = options;
  if (completed && unfinished)
    throw new SeedbedError('invalid-usage', { problem: 'Give either --completed or --unfinished' });
  const page = await (
    await openClient()
  ).recipes({
    recipe_type_name: options.type,
    is_completed: completed ? true : unfinished ? false : undefined,
    started: options.from,
    ended: options.to,
    order: '-id',
    page_size: wholeNumber('--limit', options.limit, { most: 1000 }),
    page: wholeNumber('--page', options.page),
  });
  await print(options.format, page, () => asText(page));
  return 0;
}

function asText({ count, results }: Page<RecipeRow>): string {
  if (results.length === 0) return 'No recipe matches.\n';
  const rows = results.map((recipe) => [
    `${recipe.id}`,
    recipe.recipe_type.name,
    `${recipe.recipe_type_rev.revision_num}`,
    stateOf(recipe),
    `${recipe.jobs_completed} of ${recipe.jobs_total}`,
    moment(recipe.created),
    recipe.completed === null ? '-' : duration(Date.parse(recipe.completed) - Date.parse(recipe.created)),
    recipe.recipe ? `of recipe ${recipe.recipe.id}` : recipe.is_superseded ? 'superseded' : '',
  ]);
  const heading = ['ID', 'TYPE', 'REVISION', 'STATE', 'JOBS', 'CREATED', 'TOOK', ''];
  return `${table([heading, ...rows])}${results.length} of ${counted(count, 'recipe')}\n`;
}

/** In one word: the worst of its jobs counts. */
function stateOf(recipe: RecipeRow): string {
  if (recipe.is_completed) return 'COMPLETED';
  if (recipe.jobs_failed > 0) return 'FAILED';
  if (recipe.jobs_canceled > 0 && recipe.jobs_blocked > 0) return 'CANCELED';
  if (recipe.jobs_running > 0) return 'RUNNING';
  return recipe.jobs_queued > 0 ? 'QUEUED' : 'PENDING';
}
