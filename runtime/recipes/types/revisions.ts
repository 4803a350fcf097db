import type { RecipeDefinition } from '../../../seed-schema/index.ts';
import { Conditions, listPage, type ListPage, type Queries, type Window } from '../../database/index.ts';

/** A revision of a recipe type. */
export interface RecipeTypeRevision {
  readonly id: number;
  readonly revision_num: number;
  readonly created: string;
}

export interface RecipeTypeRevisionDetails extends RecipeTypeRevision {
  readonly definition: RecipeDefinition;
}

const columns = 'r.id, r.revision_num, r.created';

/** The last one first. @param recipeTypeId `recipe_type.id` */
export function listRecipeTypeRevisions(
  db: Queries,
  recipeTypeId: number,
  window: Window,
): Promise<ListPage<RecipeTypeRevision>> {
  return listPage<RecipeTypeRevision>(
    db,
    {
      tables: 'recipe_type_revision r',
      id: 'r.id',
      conditions: new Conditions().equal('r.recipe_type_id', recipeTypeId, 'bigint'),
      order: [{ field: 'revision_num', descending: true }],
      fields: { revision_num: { sql: 'r.revision_num', type: 'bigint' } },
      columns,
      joins: 'recipe_type_revision r on r.id = page.id',
    },
    window,
  );
}

/** @returns undefined when there is no such revision */
export async function recipeTypeRevision(
  db: Queries,
  recipeTypeId: number,
  revisionNum: number,
): Promise<RecipeTypeRevisionDetails | undefined> {
  const [row] = await db.query<RecipeTypeRevisionDetails>(
    `select ${columns}, r.definition from recipe_type_revision r
     where r.recipe_type_id = $1::bigint and r.revision_num = $2::bigint`,
    [recipeTypeId, revisionNum],
  );
  return row;
}
