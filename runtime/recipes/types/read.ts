import { Conditions, listPage, type ListPage, type Order, type OrderFields } from '../../database/index.ts';
import type { Queries, Window } from '../../database/index.ts';
import type { RecipeDefinition } from '../../../seed-schema/index.ts';

/** Which recipe types are listed. */
export interface RecipeTypeFilter {
  /** Text in name, title or description; any of several. */
  readonly keywords?: readonly string[] | undefined;
  readonly isActive?: boolean | undefined;
  readonly isSystem?: boolean | undefined;
}

/** A recipe type by itself. */
export interface RecipeTypeRow {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly is_active: boolean;
  readonly is_system: boolean;
  readonly revision_num: number;
  readonly created: string;
  readonly deprecated: string | null;
  readonly last_modified: string;
}

/** A recipe type as lists show it. */
export interface ListedRecipeType extends RecipeTypeRow {
  readonly job_types: readonly { readonly name: string; readonly version: string }[];
  /** Names. */
  readonly sub_recipe_types: readonly string[];
}

/** A recipe type with its newest definition. */
export interface DefinedRecipeType extends RecipeTypeRow {
  readonly definition: RecipeDefinition;
}

export interface RecipeTypeDetails extends DefinedRecipeType {
  /** `recipe_type_revision.id` of the newest one. */
  readonly revision_id: number;
  /** `job_type.id`s that it names. */
  readonly job_type_ids: readonly number[];
  readonly sub_recipe_types: readonly DefinedRecipeType[];
  /** Those that name it. */
  readonly super_recipe_types: readonly DefinedRecipeType[];
}

const columns = `t.id, t.name, t.title, t.description, t.is_active, t.is_system, t.revision_num, t.created, t.deprecated,
  t.last_modified`;

/** Fields that recipe types can be sorted by. */
export const recipeTypeOrders: OrderFields = {
  id: { sql: 't.id', type: 'bigint' },
  name: { sql: 't.name', type: 'text' },
  title: { sql: 't.title', type: 'text', nullable: true },
  description: { sql: 't.description', type: 'text', nullable: true },
  is_active: { sql: 't.is_active', type: 'boolean' },
  is_system: { sql: 't.is_system', type: 'boolean' },
  revision_num: { sql: 't.revision_num', type: 'bigint' },
  created: { sql: 't.created', type: 'timestamptz' },
  deprecated: { sql: 't.deprecated', type: 'timestamptz', nullable: true },
  last_modified: { sql: 't.last_modified', type: 'timestamptz' },
};

/** Recipe types; without an order by name. */
export async function listRecipeTypes(
  db: Queries,
  filter: RecipeTypeFilter,
  window: Window,
  order: Order = [{ field: 'name', descending: false }],
): Promise<ListPage<ListedRecipeType>> {
  const conditions = new Conditions()
    .equal('t.project_id', 1, 'bigint')
    .equal('t.is_active', filter.isActive, 'boolean')
    .equal('t.is_system', filter.isSystem, 'boolean');
  const { keywords = [] } = filter;
  if (keywords.length > 0) {
    const patterns = conditions.bind(keywords.map(likePattern), 'text[]');
    conditions.add(
      `t.name ilike any(${patterns}) or t.title ilike any(${patterns}) or t.description ilike any(${patterns})`,
    );
  }
  return listPage<ListedRecipeType>(
    db,
    {
      tables: 'recipe_type t',
      id: 't.id',
      conditions,
      order,
      fields: recipeTypeOrders,
      columns: `${columns}, m.job_types, m.sub_recipe_types`,
      joins: `recipe_type t on t.id = page.id cross join lateral (
        select coalesce(json_agg(json_build_object('name', j.name, 'version', j.version) order by j.name, j.id)
            filter (where j.id is not null), '[]') as job_types,
          coalesce(json_agg(s.name order by s.name) filter (where s.id is not null), '[]') as sub_recipe_types
        from recipe_type_member m left join job_type j on j.id = m.job_type_id
          left join recipe_type s on s.id = m.sub_recipe_type_id
        where m.recipe_type_id = t.id) m`,
    },
    window,
  );
}

function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** A recipe type by its id or name. @returns undefined when there is none */
export async function recipeTypeDetails(
  db: Queries,
  key: number | string,
): Promise<RecipeTypeDetails | undefined> {
  const [row] = await db.query<DefinedRecipeType & { revision_id: number; job_type_ids: number[] }>(
    `select ${columns}, t.definition, r.id as revision_id, (
       select coalesce(json_agg(m.job_type_id order by m.job_type_id), '[]') from recipe_type_member m
       where m.recipe_type_id = t.id and m.job_type_id is not null) as job_type_ids
     from recipe_type t join recipe_type_revision r on r.recipe_type_id = t.id and r.revision_num = t.revision_num
     where t.project_id = 1 and ${typeof key === 'number' ? 't.id = $1::bigint' : 't.name = $1'}`,
    [key],
  );
  if (!row) return undefined;
  const [sub_recipe_types, super_recipe_types] = await Promise.all([
    related(db, 'm.sub_recipe_type_id = t.id', 'm.recipe_type_id', row.id),
    related(db, 'm.recipe_type_id = t.id', 'm.sub_recipe_type_id', row.id),
  ]);
  return { ...row, sub_recipe_types, super_recipe_types };
}

/** Recipe types that name a job type. @param jobTypeId `job_type.id` */
export function recipeTypesWith(db: Queries, jobTypeId: number): Promise<DefinedRecipeType[]> {
  return related(db, 'm.recipe_type_id = t.id', 'm.job_type_id', jobTypeId);
}

function related(db: Queries, join: string, column: string, id: number): Promise<DefinedRecipeType[]> {
  return db.query<DefinedRecipeType>(
    `select ${columns}, t.definition from recipe_type_member m join recipe_type t on ${join}
     where ${column} = $1::bigint order by t.name, t.id`,
    [id],
  );
}
