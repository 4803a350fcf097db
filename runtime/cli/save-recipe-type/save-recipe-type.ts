import type { Client, RecipeTypeJudgement, SavedRecipeType } from '../../client/index.ts';
import { readRecipeFile, type RecipeFile } from '../recipe-file/read-recipe-file.ts';
import { openClient } from '../service/open-client.ts';
import { print } from '../service/print.ts';
import { changesText } from './changes-text.ts';
import { problemsText } from './problems-text.ts';
import type { SaveRecipeTypeOptions } from './options.ts';

/** `seed save-recipe-type`. @returns 0 saved; 2 refused */
export async function saveRecipeType(file: string, options: SaveRecipeTypeOptions): Promise<0 | 2> {
  const recipe = await readRecipeFile(file);
  const client = await openClient();
  const name = options.name ?? recipe.name;
  const judged = await client.judgeRecipeType({ name, definition: recipe.definition });
  const isNew = judged.warnings.some((one) => one.name === 'RECIPE_TYPE_NOT_FOUND');
  const warnings = judged.warnings.filter((one) => one.name !== 'RECIPE_TYPE_NOT_FOUND');
  process.stderr.write(problemsText(recipe, judged.errors, warnings));
  if (!judged.is_valid) {
    if (options.format === 'json') await print('json', { ...judged, warnings }, () => '');
    return 2;
  }
  const before = isNew ? 0 : (await client.recipeType(name)).revision_num;
  const { revision_num: after = before } = options.dryRun ? {} : await save(client, name, recipe);
  const document = { name, revision_num: after, previous_revision_num: before, ...judged, warnings };
  await print(options.format, document, () => text(name, before, options.dryRun ? undefined : after, judged));
  return 0;
}

function save(client: Client, name: string, recipe: RecipeFile): Promise<SavedRecipeType> {
  const { title, description, definition } = recipe;
  return client.saveRecipeType({
    name,
    definition,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  });
}

/**
 * @param before number of its newest revision then; 0: there was none
 * @param after now; undefined: nothing was kept
 */
function text(
  name: string,
  before: number,
  after: number | undefined,
  { diff }: RecipeTypeJudgement,
): string {
  const changes = changesText(diff);
  if (after === undefined) {
    if (before === 0) return `${name} would be new\n`;
    return changes === '' ? `no node of ${name} would change\n` : `${name} would change:\n${changes}`;
  }
  if (after === before) return `${name} stays at revision ${after}, which is the same\n`;
  return `${name} is saved, revision ${after}\n${changes}`;
}
