import {
  Conditions,
  listPage,
  type ListPage,
  type Order,
  type OrderFields,
  type Queries,
  type Window,
} from '../../database/index.ts';
import { recipeColumns, recipeJoins, type RecipeRow } from './recipe-rows.ts';

/** Which recipes are listed; every member given must hold. Times are ISO 8601 with an offset. */
export interface RecipeListFilter {
  /** When the recipe was last modified. */
  readonly started?: string | undefined;
  readonly ended?: string | undefined;
  /** When the data of its input was collected. */
  readonly sourceStarted?: string | undefined;
  readonly sourceEnded?: string | undefined;
  readonly sensorClasses?: readonly string[] | undefined;
  readonly sensors?: readonly string[] | undefined;
  readonly collections?: readonly string[] | undefined;
  readonly tasks?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
  readonly typeIds?: readonly number[] | undefined;
  readonly typeNames?: readonly string[] | undefined;
  readonly batchIds?: readonly number[] | undefined;
  /** Recipes that they are parts of, at any depth. */
  readonly rootIds?: readonly number[] | undefined;
  readonly isSuperseded?: boolean | undefined;
  readonly isCompleted?: boolean | undefined;
}

/** Fields that recipes can be sorted by. */
export const recipeOrders: OrderFields = {
  id: { sql: 'r.id', type: 'bigint' },
  created: { sql: 'r.created', type: 'timestamptz' },
  completed: { sql: 'r.completed', type: 'timestamptz', nullable: true },
  superseded: { sql: 'r.superseded', type: 'timestamptz', nullable: true },
  last_modified: { sql: 'r.last_modified', type: 'timestamptz' },
  is_completed: { sql: 'r.is_completed', type: 'boolean' },
  is_superseded: { sql: 'r.is_superseded', type: 'boolean' },
  input_file_size: { sql: 'r.input_file_size', type: 'bigint', nullable: true },
  source_started: { sql: 'r.source_started', type: 'timestamptz', nullable: true },
  source_ended: { sql: 'r.source_ended', type: 'timestamptz', nullable: true },
  recipe_type__name: { sql: 't.name', type: 'text' },
  recipe_type__title: { sql: 't.title', type: 'text', nullable: true },
};

/** The recipes of one page, sub-recipes too, as on Scale. Their jobs are counted for those alone. */
export async function listRecipes(
  db: Queries,
  filter: RecipeListFilter,
  order: Order,
  window: Window,
): Promise<ListPage<RecipeRow>> {
  const { started, ended } = filter;
  const byTime =
    started === undefined && ended === undefined ? [] : [{ field: 'last_modified', descending: false }];
  const listing = {
    tables: 'recipe r join recipe_type t on t.id = r.recipe_type_id',
    id: 'r.id',
    conditions: conditionsOf(filter),
    order: order.length > 0 ? order : byTime,
    fields: recipeOrders,
    columns: recipeColumns,
    joins: `recipe r on r.id = page.id ${recipeJoins}`,
  };
  return listPage<RecipeRow>(db, listing, window);
}

function conditionsOf(filter: RecipeListFilter): Conditions {
  const conditions = new Conditions()
    .within('r.last_modified', filter.started, filter.ended)
    .within('r.source_started', filter.sourceStarted, undefined)
    .within('r.source_ended', undefined, filter.sourceEnded)
    .among('r.source_sensor_class', filter.sensorClasses, 'text')
    .among('r.source_sensor', filter.sensors, 'text')
    .among('r.source_collection', filter.collections, 'text')
    .among('r.source_task', filter.tasks, 'text')
    .among('r.id', filter.ids, 'bigint')
    .among('r.recipe_type_id', filter.typeIds, 'bigint')
    .among('t.name', filter.typeNames, 'text')
    .among('r.batch_id', filter.batchIds, 'bigint')
    .equal('r.is_superseded', filter.isSuperseded, 'boolean')
    .equal('r.is_completed', filter.isCompleted, 'boolean');
  if (filter.rootIds !== undefined)
    conditions.among('r.root_recipe_id', filter.rootIds, 'bigint').add('r.recipe_id is not null');
  return conditions;
}
