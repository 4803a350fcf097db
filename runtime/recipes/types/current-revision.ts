import type { RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';

/** The newest revision of a recipe type. */
export interface CurrentRevision {
  /** `recipe_type.id`. */
  readonly id: number;
  /** `recipe_type_revision.id`. */
  readonly revisionId: number;
  readonly revisionNum: number;
  readonly definition: RecipeDefinition;
}

export async function currentRevision(db: Queries, name: string): Promise<CurrentRevision | undefined> {
  const [row] = await db.query<CurrentRevision>(
    `select t.id, r.id as "revisionId", r.revision_num as "revisionNum", r.definition
     from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num
     where t.project_id = 1 and t.name = $1`,
    [name],
  );
  return row;
}

/**
 * Until the transaction ends, nobody else makes or changes a recipe type: two that name each other would both be judged by what
 * was there before, and contain themselves.
 */
export async function lockRecipeTypes(tx: Queries): Promise<void> {
  await tx.query('lock table recipe_type in share row exclusive mode');
}
