import { Conditions, type Queries } from '../../database/index.ts';

/** Which recipes are counted; every member given must hold. */
export interface RecipeTimelineFilter {
  /** Of recipe types. */
  readonly ids?: readonly number[] | undefined;
  readonly names?: readonly string[] | undefined;
  /** Numbers of revisions, of whatever type. */
  readonly revisions?: readonly number[] | undefined;
}

/** How many recipes of a revision of a recipe type completed each day; sub-recipes too. */
export interface RecipeTypeTimeline {
  readonly recipe_type_id: number;
  readonly name: string;
  readonly title: string;
  readonly revision_num: number;
  /** The oldest day first; those without a completed recipe are left out. */
  readonly results: readonly { readonly date: string; readonly count: number }[];
}

/**
 * Revisions of recipe types of which recipes completed on these days, by name and revision.
 * @param from day in UTC, as `2019-10-14`
 * @param to the last one; undefined: until today
 */
export async function recipeTypeTimelines(
  db: Queries,
  filter: RecipeTimelineFilter,
  from: string,
  to: string | undefined,
): Promise<RecipeTypeTimeline[]> {
  const types = new Conditions()
    .equal('t.project_id', 1, 'bigint')
    .among('t.id', filter.ids, 'bigint')
    .among('t.name', filter.names, 'text')
    .among('v.revision_num', filter.revisions, 'bigint');
  const startOf = (day: string, later = '') =>
    `(${types.bind(day, 'text')}::date${later})::timestamp at time zone 'UTC'`;
  const days = [
    `r.completed >= ${startOf(from)}`,
    ...(to === undefined ? [] : [`r.completed < ${startOf(to, ' + 1')}`]),
  ].join(' and ');
  return db.query<RecipeTypeTimeline>(
    `with sums as (
       select r.recipe_type_revision_id, (r.completed at time zone 'UTC')::date as day, count(*) as count
       from recipe r where ${days} group by 1, 2
     )
     select t.id as recipe_type_id, t.name, coalesce(t.title, t.name) as title, v.revision_num,
       json_agg(json_build_object('date', to_char(s.day, 'YYYY-MM-DD'), 'count', s.count) order by s.day) as results
     from sums s join recipe_type_revision v on v.id = s.recipe_type_revision_id
     join recipe_type t on t.id = v.recipe_type_id
     where ${types.text} group by t.id, v.id order by t.name, t.id, v.revision_num`,
    types.values,
  );
}
