import type { IngestRecipe, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { recipeInput } from '../judge/recipe-input.ts';
import { Problem } from './problem.ts';

/** The recipe that is started for each file. */
export interface Launch {
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  /** Name of the input that takes the file. */
  readonly input: string;
}

/** @throws Problem when there is no such recipe type, or when it is not clear which of its inputs takes the file */
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
  // A newer revision may take other inputs than the one that was judged when the strike or scan was saved.
  const chosen = recipeInput(row.definition.input, recipe.input);
  if ('problem' in chosen) throw new Problem(`the recipe type ${recipe.name} ${chosen.problem}`);
  return { revisionId: row.id, input: chosen.input };
}
