import { jobInputSchema } from '../data/input.ts';
import { makeValidator } from '../validator.ts';

/** What a recipe is given: the shape of a job's input. */
export const recipeDataSchema = {
  ...jobInputSchema,
  $id: 'urn:seedbed:recipe-data',
  title: 'Recipe data',
  description: 'The files and values that a recipe is given, by the names of its inputs.',
} as const;

/** See `recipeDataSchema` for each member. */
export interface RecipeDataDocument {
  readonly version?: '6' | '7';
  readonly files?: Readonly<Record<string, readonly number[]>>;
  readonly json?: Readonly<Record<string, unknown>>;
}

export const recipeDataValidator = makeValidator<RecipeDataDocument>(recipeDataSchema, 'the input');
