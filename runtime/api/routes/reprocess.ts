import { reprocessPostValidator } from '../../../seed-schema/index.ts';
import { recipeContext, reprocessRecipe } from '../../recipes/index.ts';
import { foreseeRecipe } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { ForeseenReprocessDocument, ReprocessedDocument } from '../documents/reprocess.ts';
import { traceOf } from '../observe/trace.ts';
import { operation } from '../operation.ts';
import { idOf } from '../request/ids.ts';
import { flag } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { foreseeContext } from './foresee-context.ts';
import { reprocessPlanDocument } from '../shapes/reprocess-plan.ts';

/** Recipes that supersede others: `recipes/{id}/reprocess/`. */
export function reprocessRoutes(context: Context): Route[] {
  const { db, config } = context;
  return [
    {
      path: '/recipes/:id/reprocess',
      methods: {
        POST: operation({
          summary: 'Re-process a recipe',
          description:
            'Makes a recipe that supersedes it, as another revision of its type or with nodes that are forced: results of what has not changed are carried over, all else runs again. See docs/reprocessing.md.',
          role: 'operator',
          query: { dry_run: flag('Only tells what would be done.') },
          body: reprocessPostValidator,
          answers: { 200: ForeseenReprocessDocument, 202: ReprocessedDocument },
          handle: async ({ request, response, query, body, principal }) => {
            const { forced_nodes: forced = { all: false }, revision_num: revisionNum } = body;
            const recipeId = idOf(request, 'id', 'recipe');
            const { actor } = principal;
            const recipes = recipeContext(db, config);
            const wanted = { recipeId, forced, revisionNum, actor, traceContext: traceOf(response) };
            if (query.dry_run === true) {
              const { begun, foreseen } = await foreseeRecipe(db, await foreseeContext(context), (tx, all) =>
                reprocessRecipe(tx, all, wanted),
              );
              return { json: { ...reprocessPlanDocument(begun), foreseen: foreseen.nodes } };
            }
            const made = await db.transaction((tx) => reprocessRecipe(tx, recipes, wanted));
            db.notify('queue');
            db.notify('jobs');
            db.notify('actions');
            return {
              status: 202,
              headers: { Location: `${request.baseUrl}/recipes/${made.id}/` },
              json: { id: made.id, ...reprocessPlanDocument(made) },
            };
          },
        }),
      },
    },
  ];
}
