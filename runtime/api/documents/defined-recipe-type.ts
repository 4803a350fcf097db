import { boolean, id, nullable, string, time, Type } from './schema.ts';

const base = {
  id,
  name: string,
  title: nullable(string),
  description: nullable(string),
  revision_num: Type.Integer({ minimum: 1 }),
};

/** A recipe type inside another document. */
export const RecipeTypeBaseDocument = Type.Object(base, { $id: 'RecipeTypeBase' });

export const knownRecipeType = {
  ...base,
  is_active: boolean,
  is_system: boolean,
  created: time,
  deprecated: nullable(time),
  last_modified: time,
};

export const definition = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  description: 'With every default filled in, see docs/recipes.md.',
});

/** A recipe type with its newest definition. */
export const DefinedRecipeTypeDocument = Type.Object(
  { ...knownRecipeType, definition },
  { $id: 'DefinedRecipeType' },
);
