/** A recipe type as it stands in other documents. */
export interface RecipeTypeBase {
  readonly id: number;
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  /** The newest. */
  readonly revision_num: number;
}

/** A recipe as it stands in other documents. */
export interface RecipeBase {
  readonly id: number;
  readonly recipe_type: RecipeTypeBase;
  readonly recipe_type_rev: { readonly id: number };
  readonly event: null;
}

/** A `RecipeTypeBase` over a `recipe_type`. */
export const recipeTypeBase = (alias: string) => `json_build_object('id', ${alias}.id, 'name', ${alias}.name,
  'title', ${alias}.title, 'description', ${alias}.description, 'revision_num', ${alias}.revision_num)`;

/** A `RecipeBase`, or null, as a column: of the newest recipe that fits a condition on `p`. */
export const recipeBase = (condition: string) => `(
  select json_build_object('id', p.id, 'recipe_type', ${recipeTypeBase('pt')},
    'recipe_type_rev', json_build_object('id', p.recipe_type_revision_id), 'event', null)
  from recipe p join recipe_type pt on pt.id = p.recipe_type_id where ${condition} order by p.id desc limit 1)`;

/**
 * Where a node of a recipe stands, or a run of one: SQL of a text, over `recipe_node` and its job, perhaps null. Of a job that
 * is there it is its status; what goes on is RUNNING.
 */
export function nodeState(node: string, job: string): string {
  return `case when ${node}.state in ('COMPLETED', 'SKIPPED') then ${node}.state
    when ${job}.status is not null then ${job}.status
    when ${node}.state = 'STARTED' then 'RUNNING'
    when ${node}.state = 'STUCK' then 'FAILED'
    when ${node}.blockers > 0 then 'BLOCKED' else 'PENDING' end`;
}
