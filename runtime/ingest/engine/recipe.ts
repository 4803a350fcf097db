import type { IngestRecipe, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { Problem } from './problem.ts';

/** The recipe that is started for each file. */
export interface Launch {
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  /** Name of the input that takes the file. */
  readonly input: string;
}

/** @throws Problem when there is no such recipe type, or when it takes no file */
export async function launchOf(db: Queries, recipe: IngestRecipe): Promise<Launch> {
  const [row] = await db.query<{ id: number; is_active: boolean; definition: RecipeDefinition }>(
    `select r.id, t.is_active, r.definition from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id
       and r.revision_num = coalesce($2::bigint, t.revision_num)
     where t.project_id = 1 and t.name = $1`,
    [recipe.name, recipe.revision_num ?? null],
  );
  const revision = recipe.revision_num === undefined ? '' : ` with the revision ${recipe.revision_num}`;
  if (!row) throw new Problem(`there is no recipe type ${recipe.name}${revision}`);
  if (!row.is_active) throw new Problem(`the recipe type ${recipe.name} is no longer active`);
  const { files } = row.definition.input;
  const required = files.filter((input) => input.required);
  const input =
    recipe.input ?? (files.length === 1 ? files[0] : required.length === 1 ? required[0] : files[0])?.name;
  if (!files.some(({ name }) => name === input))
    throw new Problem(`the recipe type ${recipe.name} has no input ${input ?? ''} that takes a file`);
  return { revisionId: row.id, input: input! };
}
