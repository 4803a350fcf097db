import { contextFile, listInputFiles } from '../../catalog/index.ts';
import { mostLevels, recipeDetails, recipeExists, recipeGraph } from '../../recipes/index.ts';
import { pageAnswer } from '../answer/page.ts';
import type { Context } from '../context.ts';
import { FileDetailsDocument } from '../documents/file.ts';
import { RecipeDetailsDocument, RecipeGraphDocument } from '../documents/recipe.ts';
import { pageOf } from '../documents/schema.ts';
import { operation } from '../operation.ts';
import { found, idOf, missing } from '../request/ids.ts';
import { cursorPaging, number, text, timeRange, word } from '../request/parameters.ts';
import type { Route } from '../route.ts';
import { recipeDetailsDocument } from '../shapes/recipe.ts';
import { timeFields } from './input-files.ts';
import { listOfRecipes } from './list-recipes.ts';
import { postRecipe } from './post-recipe.ts';

/** Runs of recipe types: `recipes/` and all below. */
export function recipeRoutes(context: Context): Route[] {
  const { db } = context;
  return [
    { path: '/recipes', methods: { GET: listOfRecipes(context), POST: postRecipe(context) } },
    {
      path: '/recipes/:id',
      methods: {
        GET: operation({
          summary: 'Show a recipe',
          role: 'viewer',
          answers: { 200: RecipeDetailsDocument },
          handle: async ({ request }) => {
            const id = idOf(request, 'id', 'recipe');
            return { json: recipeDetailsDocument(found(await recipeDetails(db, id), 'recipe', id)) };
          },
        }),
      },
    },
    {
      path: '/recipes/:id/graph',
      shape: 'own',
      methods: {
        GET: operation({
          summary: 'Show the graph of a recipe',
          description: 'Its nodes and where each stands; runs and jobs of sub-recipes are counted.',
          role: 'viewer',
          query: {
            expand: number(
              `Levels of sub-recipes that are shown too, each as \`graph\` of its node; at most ${mostLevels}.`,
            ),
          },
          answers: { 200: RecipeGraphDocument },
          handle: async ({ request, query }) => {
            const id = idOf(request, 'id', 'recipe');
            const levels = Math.min(query.expand ?? 0, mostLevels);
            return { json: found(await recipeGraph(db, id, levels), 'recipe', id) };
          },
        }),
      },
    },
    {
      path: '/recipes/:id/input_files',
      methods: {
        GET: operation({
          summary: 'List the input files of a recipe',
          role: 'viewer',
          query: {
            ...timeRange('see time_field'),
            time_field: word(timeFields, 'What started and ended are about; last_modified without it.'),
            file_name: text('Name, without directories.'),
            recipe_input: text('Name of the input.'),
            ...cursorPaging,
          },
          answers: { 200: pageOf(FileDetailsDocument) },
          handle: async ({ request, query, parameters }) => {
            const id = idOf(request, 'id', 'recipe');
            const {
              started,
              ended,
              time_field: timeField = 'last_modified',
              file_name,
              recipe_input,
            } = query;
            const of = { kind: 'recipe', id, input: recipe_input } as const;
            const filter = { of, started, ended, timeField, fileName: file_name };
            const page = await listInputFiles(db, filter, parameters.page());
            if (page.count === 0 && !(await recipeExists(db, id))) throw missing('recipe', id);
            return pageAnswer(request, parameters, page, contextFile);
          },
        }),
      },
    },
  ];
}
