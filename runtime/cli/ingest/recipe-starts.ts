import type { Config } from '../../config/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { judgeRecipeInput } from '../../recipe/index.ts';
import { recipeContext, recipeTypeDetails, recipeTypeRevision, submitRecipe } from '../../recipes/index.ts';
import type { RecipeDefinition } from '../../../seed-schema/index.ts';
import { userName } from '../run/registration.ts';
import { wholeNumber } from '../whole-number.ts';
import type { IngestOptions } from './options.ts';

/** Starts a recipe for a file. @returns `recipe.id` */
export type StartRecipe = (tx: Queries, fileId: number) => Promise<number>;

/**
 * What `--recipe` asks for; the recipes wait in the queue of this database, for its service.
 * @returns undefined where no recipe is asked for
 * @throws not-found, invalid-usage
 */
export async function recipeStarts(
  db: Database,
  config: Config,
  { recipe, recipeInput }: Pick<IngestOptions, 'recipe' | 'recipeInput'>,
): Promise<StartRecipe | undefined> {
  if (recipe === undefined) {
    if (recipeInput === undefined) return undefined;
    throw new SeedbedError('invalid-usage', { problem: '--recipe-input is for --recipe' });
  }
  const [, name, revisionText] = /^(.*?)(?::(\d+))?$/s.exec(recipe)!;
  const type = await recipeTypeDetails(db, name!);
  if (!type)
    throw new SeedbedError('not-found', {
      what: `recipe type ${name}; \`seed recipe-types\` lists those that there are`,
    });
  if (!type.is_active)
    throw new SeedbedError('invalid-usage', { problem: `The recipe type ${name} is no longer active` });
  const number = revisionText === undefined ? undefined : wholeNumber('--recipe', revisionText);
  const revision = number === undefined ? undefined : await recipeTypeRevision(db, type.id, number);
  if (number !== undefined && !revision)
    throw new SeedbedError('not-found', { what: `revision ${number} of the recipe type ${name}` });
  const input = inputOf(name!, (revision ?? type).definition, recipeInput);
  const context = recipeContext(db, config);
  const actor = userName();
  return (tx, fileId) =>
    submitRecipe(tx, context, {
      revisionId: revision?.id ?? type.revision_id,
      input: { version: '7', files: { [input]: [fileId] }, json: {} },
      configuration: {},
      actor,
      dedupeKey: `ingest:${fileId}`,
    });
}

/** The input that a file is for. @throws invalid-usage where that is not clear, or where a file is not enough */
function inputOf(recipe: string, { input }: RecipeDefinition, wanted: string | undefined): string {
  const required = input.files.filter((one) => one.required !== false);
  const [only] = required.length === 1 ? required : input.files.length === 1 ? input.files : [];
  const name = wanted ?? only?.name;
  const names = input.files.map((one) => one.name).join(', ') || 'none';
  if (name === undefined || !input.files.some((one) => one.name === name))
    throw new SeedbedError('invalid-usage', {
      problem:
        name === undefined
          ? `Which input of the recipe ${recipe} gets the file? Give --recipe-input; it has ${names}`
          : `The recipe ${recipe} has no file input ${name}; it has ${names}`,
    });
  const any = new Map([[1, { media_type: '', is_deleted: false }]]);
  const { errors } = judgeRecipeInput({ version: '7', files: { [name]: [1] }, json: {} }, input, any);
  if (errors.length > 0)
    throw new SeedbedError('invalid-usage', {
      problem: `A file for ${name} is not enough for the recipe ${recipe}: ${errors.map((one) => one.description).join('; ')}`,
    });
  return name;
}
