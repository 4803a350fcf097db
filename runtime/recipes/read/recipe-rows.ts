import type { RecipeCounters } from '../../../seed-schema/index.ts';
import { type RecipeBase, recipeBase, recipeTypeBase, type RecipeTypeBase } from '../../jobs/index.ts';
import { countersColumn } from './counters.ts';

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

/** The columns of a `RecipeRow`, over `recipe r` and `recipeJoins`. */
export const recipeColumns = `
  r.id, ${recipeTypeBase('t')} as recipe_type, v.id as revision_id, v.revision_num,
  ${recipeBase('p.id = r.recipe_id')} as recipe, r.batch_id, r.superseded_recipe_id, r.is_superseded, r.input_file_size,
  r.source_started, r.source_ended, r.source_sensor_class, r.source_sensor, r.source_collection, r.source_task,
  ${countersColumn} as counters, r.is_completed, r.created, r.completed, r.superseded, r.last_modified`;

export const recipeJoins = `
  join recipe_type t on t.id = r.recipe_type_id join recipe_type_revision v on v.id = r.recipe_type_revision_id`;
