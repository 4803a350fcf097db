import { listRecipes, recipeOrders } from '../../recipes/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { RecipeDocument } from '../documents/recipe.ts';
import { pageOf } from '../documents/schema.ts';
import { type Operation, operation } from '../operation.ts';
import { cursorPaging, flag, numbers, order, texts, time, timeRange } from '../request/parameters.ts';
import { sourceFilter, sourceParameters } from '../request/source-filter.ts';
import { recipeDocument } from '../shapes/recipe.ts';

const filters = {
  ...timeRange('when the recipe was last modified'),
  source_started: time('Collection of the data began not before then.'),
  source_ended: time('Collection of the data ended not after then.'),
  ...sourceParameters,
  recipe_id: numbers('Id of a recipe.'),
  recipe_type_id: numbers('Recipe type.'),
  recipe_type_name: texts('Name of its recipe type.'),
  batch_id: numbers('Batch that it is of.'),
  root_recipe_id: numbers('Recipe that it is a part of, at any depth.'),
  is_superseded: flag('Whether another recipe has taken its place.'),
  is_completed: flag('Whether all of it is done.'),
};

/** `GET recipes/` */
export function listOfRecipes({ db }: Context): Operation {
  return operation({
    summary: 'List recipes',
    role: 'viewer',
    query: { ...filters, ...order(recipeOrders), ...cursorPaging },
    answers: { 200: pageOf(RecipeDocument) },
    handle: async ({ request, query, parameters }) => {
      const filter = {
        started: query.started,
        ended: query.ended,
        sourceStarted: query.source_started,
        sourceEnded: query.source_ended,
        ...sourceFilter(query),
        ids: query.recipe_id,
        typeIds: query.recipe_type_id,
        typeNames: query.recipe_type_name,
        batchIds: query.batch_id,
        rootIds: query.root_recipe_id,
        isSuperseded: query.is_superseded,
        isCompleted: query.is_completed,
      };
      const page = await listRecipes(db, filter, query.order, parameters.page());
      return pageAnswer(request, parameters, page, recipeDocument);
    },
  });
}
