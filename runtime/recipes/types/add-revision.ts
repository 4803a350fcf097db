import type { Queries } from '../../database/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import type { NewRevision } from './judge-recipe-type.ts';
import { keepMembers } from './members.ts';

/** Makes the next revision of a recipe type the newest one. The caller has `lockRecipeTypes`. */
export async function addRevision(
  tx: Queries,
  recipeTypeId: number,
  { definition, interface: own, contains }: NewRevision,
  actor: string,
): Promise<{ revisionId: number; revisionNum: number }> {
  const [row] = await tx.query<{ revisionId: number; revisionNum: number }>(
    `with type as (
       update recipe_type set revision_num = revision_num + 1, definition = $2::jsonb, last_modified = now()
       where id = $1::bigint returning revision_num
     )
     insert into recipe_type_revision (recipe_type_id, revision_num, definition, interface, contains, created_by)
     select $1::bigint, revision_num, $2::jsonb, $3::jsonb, $4::text[], $5 from type
     returning id as "revisionId", revision_num as "revisionNum"`,
    [recipeTypeId, JSON.stringify(definition), JSON.stringify(own), contains, actor],
  );
  await keepMembers(tx, recipeTypeId, definition);
  const data = { revision_num: row!.revisionNum };
  await recordEvent(tx, { entity: 'recipe_type', id: recipeTypeId, kind: 'revised', actor, data });
  return row!;
}

/** Whether a revision would be equal to this one. @param revisionId `recipe_type_revision.id` */
export async function isSameRevision(
  tx: Queries,
  revisionId: number,
  { definition }: NewRevision,
): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from recipe_type_revision where id = $1::bigint and definition = $2::jsonb',
    [revisionId, JSON.stringify(definition)],
  );
  return rows.length > 0;
}
