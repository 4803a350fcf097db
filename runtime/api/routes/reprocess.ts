import { reprocessPostValidator } from '../../../seed-schema/index.ts';
import { planOfReprocess, recipeContext, reprocessRecipe } from '../../recipes/index.ts';
import type { Context } from '../context.ts';
import { ReprocessedDocument, ReprocessPlanDocument } from '../documents/reprocess.ts';
import { traceOf } from '../observe/trace.ts';
import { operation } from '../operation.ts';
import { idOf } from '../request/ids.ts';
import { flag } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { reprocessPlanDocument } from '../shapes/reprocess-plan.ts';

/** Recipes that supersede others: `recipes/{id}/reprocess/`. */
export function reprocessRoutes({ db, config }: Context): Route[] {
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
          answers: { 200: ReprocessPlanDocument, 202: ReprocessedDocument },
          handle: async ({ request, response, query, body, principal }) => {
            const { forced_nodes: forced = { all: false }, revision_num: revisionNum } = body;
            const recipeId = idOf(request, 'id', 'recipe');
            const { actor } = principal;
            const recipes = recipeContext(db, config);
            const wanted = { recipeId, forced, revisionNum, actor, traceContext: traceOf(response) };
            if (query.dry_run === true)
              return { json: reprocessPlanDocument(await planOfReprocess(db, recipes, wanted)) };
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
