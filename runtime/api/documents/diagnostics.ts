import { RecipeTypeBaseDocument } from './defined-recipe-type.ts';
import { JobTypeBaseDocument } from './job-type.ts';
import { id, Type } from './schema.ts';

/** Jobs that were queued to try the service out. */
export const QueuedDiagnosticsDocument = Type.Object(
  {
    job_type: JobTypeBaseDocument,
    num: Type.Integer({ minimum: 1 }),
    job_id: { ...id, description: 'The first of the jobs.' },
  },
  { $id: 'QueuedDiagnostics' },
);

/** Recipes that were begun to try the service out. */
export const QueuedRecipesDocument = Type.Object(
  {
    recipe_type: RecipeTypeBaseDocument,
    num: Type.Integer({ minimum: 1 }),
    recipe_id: { ...id, description: 'The first of the recipes.' },
  },
  { $id: 'QueuedRecipes' },
);
