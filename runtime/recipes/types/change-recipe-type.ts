import type { Finding } from '../../../seed-schema/index.ts';
import type { Database, Queries } from '../../database/index.ts';
import { recordEvent } from '../../jobs/index.ts';
import { raiseUsers } from './auto-update.ts';
import { currentRevision, lockRecipeTypes } from './current-revision.ts';
import { activeUsers, deprecated } from './users.ts';
import { type RecipeTypeSaving, saveWithin } from './save-recipe-type.ts';

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
    const { id } = (await currentRevision(tx, name))!;
    const { title, description, definition, isActive, autoUpdate } = change;
    const saving: RecipeTypeSaving =
      definition === undefined
        ? { errors: [], warnings: [], diff: {} }
        : await saveWithin(tx, { name, definition }, actor);
    if (saving.errors.length > 0) return saving;
    await write(tx, id, { title, description, isActive }, actor);
    const isRevised = saving.saved?.outcome === 'revised';
    const raised = isRevised && autoUpdate ? await raiseUsers(tx, { recipeTypeId: id }, actor) : [];
    const deprecated =
      isActive === false ? await deprecateUsers(tx, { recipeTypeId: id, name }, autoUpdate, actor) : [];
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
  { recipeTypeId, name }: { readonly recipeTypeId: number; readonly name: string },
  autoUpdate: boolean,
  actor: string,
): Promise<Finding[]> {
  const users = await activeUsers(tx, { recipeTypeId });
  if (users.length === 0) return [];
  if (!autoUpdate) return [deprecated(`Recipe types that contain ${name} cannot be run any more`, users)];
  for (const { id } of users) await write(tx, id, { isActive: false }, actor);
  return [deprecated(`Recipe types that contain ${name} went out of use with it`, users)];
}
