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
