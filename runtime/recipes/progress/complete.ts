import type { RecipeData } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import type { RecipeContext } from '../context.ts';
import { lastCounters } from '../read/counters.ts';
import { nodeKey, outputsOf, type RecipeRow } from './rows.ts';

/** Makes recipes complete whose nodes all are: their outputs are those of the nodes that they are declared to be. */
export async function completeRecipes(
  tx: Queries,
  { plans }: RecipeContext,
  recipes: readonly RecipeRow[],
): Promise<void> {
  if (recipes.length === 0) return;
  const declared = await Promise.all(
    recipes.map(async ({ id, revisionId }) => ({
      id,
      output: (await plans.of(tx, revisionId)).definition.output,
    })),
  );
  const sources = declared.flatMap(({ id, output }) =>
    [...new Set(Object.values(output).map(({ node }) => node))].map((name) => ({ recipeId: id, name })),
  );
  const outputs = await outputsOf(tx, sources);
  const rows = declared.map(({ id, output }) => ({
    id,
    output: outputOfRecipe(output, (node) => outputs.get(nodeKey(id, node))),
  }));
  await tx.query(
    `update recipe r set is_completed = true, completed = now(), last_modified = now(), output = c.output,
       jobs_counted = ${lastCounters}
     from jsonb_to_recordset($1::jsonb) as c (id bigint, output jsonb) where r.id = c.id`,
    [JSON.stringify(rows)],
  );
}

/** The output of a recipe as it is declared: what was skipped has given nothing, and is left out. Pure. */
export function outputOfRecipe(
  declared: Readonly<Record<string, { readonly node: string; readonly output: string }>>,
  outputOf: (node: string) => Partial<RecipeData> | undefined,
): RecipeData {
  const files: Record<string, readonly number[]> = {};
  const json: Record<string, unknown> = {};
  for (const [name, { node, output }] of Object.entries(declared)) {
    const given = outputOf(node);
    const ids = given?.files?.[output];
    const value = given?.json?.[output];
    if (ids !== undefined) files[name] = ids;
    else if (value !== undefined) json[name] = value;
  }
  return { version: '7', files, json };
}
