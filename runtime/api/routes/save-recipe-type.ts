import {
  type RecipeTypePatch,
  recipeTypePostValidator,
  recipeTypeToJudgeValidator,
} from '../../../seed-schema/index.ts';
import {
  changeRecipeType,
  compareRecipeType,
  recipeTypeDetails,
  type RecipeTypeDetails,
  saveRecipeType,
} from '../../recipes/index.ts';
import { Refusal } from '../../scheduler/index.ts';
import type { Context } from '../context.ts';
import { RecipeTypeJudgementDocument, SavedRecipeTypeDocument } from '../documents/recipe-type.ts';
import { type Answer, type Operation, operation } from '../operation.ts';
import { diffDocument } from '../shapes/definition.ts';
import { recipeTypeDocument } from './recipe-type-document.ts';

/** `POST recipe-types/`: a new one; or, by its name, a change of one that is there. */
export function postRecipeType(context: Context): Operation {
  const { db } = context;
  return operation({
    summary: 'Make a recipe type',
    description: 'Or, with a `name`, change the one of that name.',
    role: 'operator',
    body: recipeTypePostValidator,
    answers: { 201: SavedRecipeTypeDocument },
    handle: async ({ request, body, principal }) => {
      const wanted = { ...body, name: body.name ?? undefined };
      const { saved, errors, warnings } = await saveRecipeType(db, wanted, principal.actor);
      if (!saved) throw new Refusal(errors, 'invalid-recipe-type');
      const type = (await recipeTypeDetails(db, saved.id))!;
      return {
        status: 201,
        headers: { Location: `${request.baseUrl}/recipe-types/${encodeURIComponent(type.name)}/` },
        json: { ...(await recipeTypeDocument(context, type)), warnings },
      };
    },
  });
}

/** `PATCH`. Answers what the change made different. */
export async function changeType(
  { db }: Context,
  type: RecipeTypeDetails,
  body: RecipeTypePatch,
  actor: string,
): Promise<Answer> {
  const { title, description, definition, is_active: isActive, auto_update: autoUpdate = true } = body;
  const change = { title, description, definition, isActive, autoUpdate };
  const { errors, warnings, diff } = await changeRecipeType(db, type.name, change, actor);
  if (errors.length > 0) throw new Refusal(errors, 'invalid-recipe-type');
  return { json: { is_valid: true, errors: [], warnings, diff: diffDocument(diff) } };
}

/** `POST recipe-types/validation/`: nothing is kept. */
export function validateRecipeType({ db }: Context): Operation {
  return operation({
    summary: 'Judge a recipe type',
    description: 'Nothing is kept. With the `name` of one that is there, `diff` says what would change.',
    role: 'viewer',
    body: recipeTypeToJudgeValidator,
    answers: { 200: RecipeTypeJudgementDocument },
    handle: async ({ body }) => {
      const { errors, warnings, diff } = await compareRecipeType(db, body.definition, body.name ?? undefined);
      return { json: { is_valid: errors.length === 0, errors, warnings, diff: diffDocument(diff) } };
    },
  });
}
