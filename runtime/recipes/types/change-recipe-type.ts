import type { Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import { raiseUsers } from './auto-update.ts';
import { saveWithin } from './save-recipe-type.ts';
import { lockRecipeTypes, type RecipeTypeSaving } from './save-recipe-type.ts';

/** What users change of a recipe type; undefined members stay as they are. */
export interface RecipeTypeChange {
  readonly title?: string | null | undefined;
  readonly description?: string | null | undefined;
  /** As its author wrote it; one that differs from the last one is a new revision. */
  readonly definition?: unknown;
  /** Of inactive ones no new recipe is made. */
  readonly isActive?: boolean | undefined;
  /** Whether recipe types that contain it follow: with its new revision, or out of use. */
  readonly autoUpdate: boolean;
}

/**
 * Changes a recipe type, or nothing where there are errors. The warnings say what became of the recipe types that contain it.
 * @param name of one that is there
 */
export function changeRecipeType(
  db: Database,
  name: string,
  change: RecipeTypeChange,
  actor: string,
): Promise<RecipeTypeSaving> {
  return db.transaction(async (tx) => {
    await lockRecipeTypes(tx);
    const [type] = await tx.query<{ id: number; definition: unknown }>(
      'select id, definition from recipe_type where project_id = 1 and name = $1',
      [name],
    );
    const { title, description, definition = type!.definition } = change;
    const saving =
      change.definition === undefined
        ? { errors: [], warnings: [] }
        : await saveWithin(tx, { name, definition }, actor);
    if (saving.errors.length > 0) return saving;
    await write(tx, type!.id, { title, description, isActive: change.isActive }, actor);
    const isRevised = saving.saved?.outcome === 'revised';
    const raised =
      isRevised && change.autoUpdate ? await raiseUsers(tx, { recipeTypeId: type!.id }, actor) : [];
    const deprecated =
      change.isActive === false ? await deprecateUsers(tx, type!.id, name, change.autoUpdate, actor) : [];
    return { ...saving, warnings: [...saving.warnings, ...raised, ...deprecated] };
  });
}

/** The members, and the time that goes with `is_active`, with an event. */
async function write(
  tx: Queries,
  id: number,
  change: Omit<RecipeTypeChange, 'autoUpdate' | 'definition'>,
  actor: string,
): Promise<void> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  await tx.query(
    `update recipe_type t set
       title = case when c ? 'title' then c->>'title' else title end,
       description = case when c ? 'description' then c->>'description' else description end,
       is_active = coalesce((c->>'isActive')::boolean, is_active),
       deprecated = case when not coalesce((c->>'isActive')::boolean, is_active) then coalesce(deprecated, now()) end,
       last_modified = now()
     from (select $2::jsonb as c) as change where t.id = $1::bigint`,
    [id, JSON.stringify(Object.fromEntries(given))],
  );
  const data = { members: given.map(([member]) => member) };
  await recordEvent(tx, { entity: 'recipe_type', id, kind: 'changed', actor, data });
}

/** A recipe type that contains one out of use cannot be run. @param autoUpdate whether it goes out of use with it */
async function deprecateUsers(
  tx: Queries,
  id: number,
  name: string,
  autoUpdate: boolean,
  actor: string,
): Promise<Finding[]> {
  const users = await tx.query<{ id: number; name: string }>(
    `with recursive user_of as (
       select recipe_type_id as id from recipe_type_member where sub_recipe_type_id = $1::bigint
       union select m.recipe_type_id from user_of u join recipe_type_member m on m.sub_recipe_type_id = u.id
     )
     select t.id, t.name from user_of u join recipe_type t on t.id = u.id where t.is_active order by t.name`,
    [id],
  );
  if (users.length === 0) return [];
  if (autoUpdate) for (const user of users) await write(tx, user.id, { isActive: false }, actor);
  const names = users.map((user) => user.name).join(', ');
  const description = autoUpdate
    ? `Recipe types that contain ${name} went out of use with it: ${names}`
    : `Recipe types that contain ${name} cannot be run any more: ${names}`;
  return [{ name: 'DEPRECATED_RECIPES', description, path: 'is_active' }];
}
