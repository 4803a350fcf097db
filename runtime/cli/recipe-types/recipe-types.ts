import type { Page, RecipeTypeRow } from '../../client/index.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { table } from '../table.ts';
import type { RecipeTypesOptions } from './options.ts';

/** `seed recipe-types`. @returns 0 */
export async function recipeTypes(
  keyword: string | undefined,
  { all = false, format }: RecipeTypesOptions,
): Promise<0> {
  const client = await openClient();
  const page = await client.recipeTypes({
    page_size: 1000,
    ...(keyword !== undefined && { keyword }),
    ...(!all && { is_active: 'true' }),
  });
  await print(format, page, () => asText(page));
  return 0;
}

function asText({ count, results }: Page<RecipeTypeRow>): string {
  if (results.length === 0) return 'No such recipe type is known; `seed save-recipe-type FILE` makes one.\n';
  const rows = results.map((type) => [
    type.name,
    `${type.revision_num}`,
    type.is_active ? 'active' : 'inactive',
    listed(type.job_types.map(({ name, version }) => `${name} ${version}`)),
    listed(type.sub_recipe_types),
    type.title ?? '',
  ]);
  const heading = ['RECIPE TYPE', 'REVISION', 'STATE', 'JOB TYPES', 'RECIPE TYPES IN IT', 'TITLE'];
  const more = count > results.length ? `${results.length} of ${count} recipe types\n` : '';
  return `${table([heading, ...rows])}${more}`;
}

/** Names, as many as a line holds. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ');
  if (names.length === 0) return '-';
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
