import type { RecipeCounters } from '../../../seed-schema/index.ts';
import { countersColumn } from './counters.ts';

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

/** A recipe as lists show it. Times are UTC text. */
export interface RecipeRow {
  readonly id: number;
  readonly recipe_type: RecipeTypeBase;
  readonly revision_id: number;
  readonly revision_num: number;
  /** The recipe that it is a part of. */
  readonly recipe: RecipeBase | null;
  readonly batch_id: number | null;
  readonly superseded_recipe_id: number | null;
  readonly is_superseded: boolean;
  /** Bytes. */
  readonly input_file_size: number | null;
  readonly source_started: string | null;
  readonly source_ended: string | null;
  readonly source_sensor_class: string | null;
  readonly source_sensor: string | null;
  readonly source_collection: string | null;
  readonly source_task: string | null;
  readonly counters: RecipeCounters;
  readonly is_completed: boolean;
  readonly created: string;
  readonly completed: string | null;
  readonly superseded: string | null;
  readonly last_modified: string;
}

/** A `RecipeTypeBase` over a `recipe_type`. */
export const recipeTypeBase = (alias: string) => `json_build_object('id', ${alias}.id, 'name', ${alias}.name,
  'title', ${alias}.title, 'description', ${alias}.description, 'revision_num', ${alias}.revision_num)`;

/** A `RecipeBase`, or null, as a column: of the recipe that fits a condition on `p`. */
export const recipeBase = (condition: string) => `(
  select json_build_object('id', p.id, 'recipe_type', ${recipeTypeBase('pt')},
    'recipe_type_rev', json_build_object('id', p.recipe_type_revision_id), 'event', null)
  from recipe p join recipe_type pt on pt.id = p.recipe_type_id where ${condition} order by p.id desc limit 1)`;

/** The columns of a `RecipeRow`, over `recipe r` and `recipeJoins`. */
export const recipeColumns = `
  r.id, ${recipeTypeBase('t')} as recipe_type, v.id as revision_id, v.revision_num,
  ${recipeBase('p.id = r.recipe_id')} as recipe, r.batch_id, r.superseded_recipe_id, r.is_superseded, r.input_file_size,
  r.source_started, r.source_ended, r.source_sensor_class, r.source_sensor, r.source_collection, r.source_task,
  ${countersColumn} as counters, r.is_completed, r.created, r.completed, r.superseded, r.last_modified`;

export const recipeJoins = `
  join recipe_type t on t.id = r.recipe_type_id join recipe_type_revision v on v.id = r.recipe_type_revision_id`;
