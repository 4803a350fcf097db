import type { Finding } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';

/** A job type or recipe type. */
export type TypeId = { readonly jobTypeId: number } | { readonly recipeTypeId: number };

/**
 * For `with recursive`: `user_of (id)`, all recipe types whose newest revisions contain `$1`, at any depth.
 * @returns the text, and what `$1` is
 */
export function userOf(type: TypeId): readonly [sql: string, id: number] {
  const [column, id] =
    'jobTypeId' in type ? ['job_type_id', type.jobTypeId] : ['sub_recipe_type_id', type.recipeTypeId];
  const sql = `user_of as (
    select recipe_type_id as id from recipe_type_member where ${column} = $1::bigint
    union select m.recipe_type_id from user_of u join recipe_type_member m on m.sub_recipe_type_id = u.id
  )`;
  return [sql, id];
}

/** Recipe types in use that contain a type, at any depth, by name. */
export async function activeUsers(db: Queries, type: TypeId): Promise<{ id: number; name: string }[]> {
  const [users, id] = userOf(type);
  return db.query<{ id: number; name: string }>(
    `with recursive ${users}
     select t.id, t.name from user_of u join recipe_type t on t.id = u.id where t.is_active order by t.name`,
    [id],
  );
}

/**
 * What it means for recipe types that a job type goes out of use.
 * @param name of the job type, for the message
 */
export async function deprecationWarnings(db: Queries, jobTypeId: number, name: string): Promise<Finding[]> {
  const users = await activeUsers(db, { jobTypeId });
  return users.length === 0
    ? []
    : [deprecated(`Recipe types that contain ${name} cannot be run any more`, users)];
}

/** @param words what becomes of them */
export function deprecated(words: string, users: readonly { readonly name: string }[]): Finding {
  const description = `${words}: ${users.map(({ name }) => name).join(', ')}`;
  return { name: 'DEPRECATED_RECIPES', description, path: 'is_active' };
}
