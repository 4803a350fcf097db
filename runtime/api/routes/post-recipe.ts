import { recipePostValidator } from '../../../seed-schema/index.ts';
import { SeedbedError } from '../../errors/index.ts';
import { recipeDetails, recipeTypeId } from '../../recipes/index.ts';
import { acceptRecipe } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { AcceptedRecipeDocument } from '../documents/recipe.ts';
import { traceOf } from '../observe/trace.ts';
import { type Operation, operation } from '../operation.ts';
import { dedupeKeyOf } from '../request/idempotency-key.ts';
import { found } from '../request/ids.ts';
import { recipeDetailsDocument } from '../shapes/recipe.ts';
import { withReuse } from './with-reuse.ts';

/**
 * `POST recipes/`: with the header `Idempotency-Key`, the same key again is the same recipe, so that a client that lost the
 * answer may ask once more.
 */
export function postRecipe(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Begin a recipe',
    role: 'operator',
    headers: { 'Idempotency-Key': 'Requests with the same one make one recipe.' },
    body: recipePostValidator,
    answers: { 201: AcceptedRecipeDocument },
    failures: [404],
    handle: async ({ request, response, body, principal }) => {
      const { recipe_type_id: byId, recipe_type_name: byName, revision_num: revisionNum, input } = body;
      const configuration = withReuse(body);
      const key = byId ?? byName;
      if (key === undefined || (byId !== undefined && byName !== undefined))
        throw new SeedbedError('invalid-request', {
          problem: 'Give either recipe_type_id or recipe_type_name',
        });
      const recipe = {
        typeId: found(await recipeTypeId(db, key), 'recipe type', key),
        ...{ revisionNum, input, configuration },
        dedupeKey: dedupeKeyOf(request, principal),
        traceContext: traceOf(response),
      };
      const { id, warnings } = await acceptRecipe(db, context, recipe, principal.actor);
      db.notify('queue');
      const details = found(await recipeDetails(db, id), 'recipe', id);
      return {
        status: 201,
        headers: { Location: `${request.baseUrl}/recipes/${id}/` },
        json: { ...recipeDetailsDocument(details), warnings },
      };
    },
  });
}
