import type { KnownTypes } from '../../recipe/index.ts';

/** Nothing is known but what the files list. */
export const nothingElsewhere: KnownTypes = {
  jobType: () => undefined,
  newestJobType: () => undefined,
  recipeType: () => undefined,
  newestRecipeType: () => undefined,
};
