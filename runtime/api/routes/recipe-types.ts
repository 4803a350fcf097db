import { recipeTypePatchValidator } from '../../../seed-schema/index.ts';
import {
  listRecipeTypeRevisions,
  listRecipeTypes,
  recipeTypeDetails,
  type RecipeTypeDetails,
  recipeTypeOrders,
  recipeTypeRevision,
} from '../../recipes/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import {
  RecipeTypeDetailsDocument,
  RecipeTypeDocument,
  RecipeTypeJudgementDocument,
  RecipeTypeRevisionDetailsDocument,
  RecipeTypeRevisionDocument,
} from '../documents/recipe-type.ts';
import { pageOf } from '../documents/schema.ts';
import { type Call, type Operation, operation } from '../operation.ts';
import { found, idOf, textOf } from '../request/ids.ts';
import { flag, order, paging, texts } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { definitionDocument } from '../shapes/definition.ts';
import { definedRecipeTypeDocument, recipeTypeRevisionDocument } from '../shapes/recipe-type.ts';
import { recipeTypeDocument } from './recipe-type-document.ts';
import { changeType, postRecipeType, validateRecipeType } from './save-recipe-type.ts';

/** What can be run in which order: `recipe-types/`. */
export function recipeTypeRoutes(context: Context): Route[] {
  return [
    { path: '/recipe-types', methods: { GET: listTypes(context), POST: postRecipeType(context) } },
    { path: '/recipe-types/validation', methods: { POST: validateRecipeType(context) } },
    typeRoute(context),
    ...revisionRoutes(context),
  ];
}

async function typeOf({ db }: Context, request: Call['request']): Promise<RecipeTypeDetails> {
  const name = textOf(request, 'name');
  return found(await recipeTypeDetails(db, name), 'recipe type', name);
}

function listTypes({ db }: Context): Operation {
  return operation({
    summary: 'List recipe types',
    role: 'viewer',
    query: {
      keyword: texts('A part of name, title or description.'),
      is_active: flag('Whether new recipes of it are made.'),
      is_system: flag('Whether it belongs to the system itself.'),
      ...order(recipeTypeOrders),
      ...paging,
    },
    answers: { 200: pageOf(RecipeTypeDocument) },
    handle: async ({ request, query, parameters }) => {
      const { keyword: keywords, is_active: isActive, is_system: isSystem } = query;
      const wanted = query.order.length === 0 ? undefined : query.order;
      const page = await listRecipeTypes(db, { keywords, isActive, isSystem }, parameters.page(), wanted);
      return pageAnswer(request, parameters, page, (row) => row);
    },
  });
}

function typeRoute(context: Context): Route {
  return {
    path: '/recipe-types/:name',
    methods: {
      GET: operation({
        summary: 'Show a recipe type',
        role: 'viewer',
        answers: { 200: RecipeTypeDetailsDocument },
        handle: async ({ request }) => ({
          json: await recipeTypeDocument(context, await typeOf(context, request)),
        }),
      }),
      PATCH: operation({
        summary: 'Change a recipe type',
        description: 'A definition that differs from the last one makes a new revision.',
        role: 'operator',
        body: recipeTypePatchValidator,
        answers: { 200: RecipeTypeJudgementDocument },
        handle: async ({ request, body, principal }) =>
          changeType(context, await typeOf(context, request), body, principal.actor),
      }),
    },
  };
}

function revisionRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    {
      path: '/recipe-types/:name/revisions',
      methods: {
        GET: operation({
          summary: 'List the revisions of a recipe type',
          description: 'The last one first.',
          role: 'viewer',
          query: paging,
          answers: { 200: pageOf(RecipeTypeRevisionDocument) },
          handle: async ({ request, parameters }) => {
            const type = await typeOf(context, request);
            const page = await listRecipeTypeRevisions(db, type.id, parameters.page());
            return pageAnswer(request, parameters, page, (row) => recipeTypeRevisionDocument(type, row));
          },
        }),
      },
    },
    {
      path: '/recipe-types/:name/revisions/:revision',
      methods: {
        GET: operation({
          summary: 'Show a revision of a recipe type',
          role: 'viewer',
          answers: { 200: RecipeTypeRevisionDetailsDocument },
          handle: async ({ request }) => {
            const type = await typeOf(context, request);
            const revision = idOf(request, 'revision', 'revision');
            const row = found(await recipeTypeRevision(db, type.id, revision), 'revision', revision);
            return {
              json: {
                ...recipeTypeRevisionDocument(type, row),
                recipe_type: definedRecipeTypeDocument(type),
                definition: definitionDocument(row.definition),
              },
            };
          },
        }),
      },
    },
  ];
}
