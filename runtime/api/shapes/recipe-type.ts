import type { DefinedRecipeType, RecipeTypeRevision, RecipeTypeRow } from '../../recipes/index.ts';
import { definitionDocument } from './definition.ts';

/** A recipe type inside another document. */
export function recipeTypeBaseDocument(row: RecipeTypeRow): Record<string, unknown> {
  const { id, name, title, description, revision_num } = row;
  return { id, name, title, description, revision_num };
}

/** A revision as lists show it. */
export function recipeTypeRevisionDocument(
  type: RecipeTypeRow,
  { id, revision_num, created }: RecipeTypeRevision,
): Record<string, unknown> {
  return { id, recipe_type: recipeTypeBaseDocument(type), revision_num, created };
}

/** A recipe type by itself, with its newest definition. */
export function definedRecipeTypeDocument(row: DefinedRecipeType): Record<string, unknown> {
  const { is_active, is_system, created, deprecated, last_modified, definition } = row;
  return {
    ...recipeTypeBaseDocument(row),
    is_active,
    is_system,
    created,
    deprecated,
    last_modified,
    definition: definitionDocument(definition),
  };
}
