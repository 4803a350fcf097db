import type { Finding, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { differences, type RecipeDiff } from '../../recipe/index.ts';
import { currentRevision } from './current-revision.ts';
import { judgeRecipeType } from './judge-recipe-type.ts';

/** What a definition makes different; empty where there is none to compare it with. */
export type Comparison = RecipeDiff | Readonly<Record<string, never>>;

/**
 * Judges a definition, and says what would change; nothing is kept.
 * @param name of the recipe type that it is compared with
 */
export async function compareRecipeType(
  db: Queries,
  document: unknown,
  name: string | undefined,
): Promise<{ errors: readonly Finding[]; warnings: readonly Finding[]; diff: Comparison }> {
  const { errors, warnings, revision } = await judgeRecipeType(db, document, name);
  const current = name === undefined ? undefined : await currentRevision(db, name);
  const { diff, warnings: more } = compared(current?.definition, revision?.definition);
  const unknown = name !== undefined && !current ? [notFound(name)] : [];
  return { errors, warnings: [...warnings, ...unknown, ...more], diff };
}

/** What differs, and a warning where recipes of the old definition cannot be re-processed by the new one. Pure. */
export function compared(
  before: RecipeDefinition | undefined,
  after: RecipeDefinition | undefined,
): { readonly diff: Comparison; readonly warnings: readonly Finding[] } {
  if (!before || !after) return { diff: {}, warnings: [] };
  const diff = differences(before, after);
  if (diff.can_be_reprocessed) return { diff, warnings: [] };
  const reasons = diff.reasons.map(({ description }) => description).join('; ');
  const description = `Recipes of the revision before cannot be re-processed by this one: ${reasons}`;
  return { diff, warnings: [{ name: 'REPROCESS_WARNING', description, path: 'definition.input' }] };
}

function notFound(name: string): Finding {
  const description = `There is no recipe type ${name} yet`;
  return { name: 'RECIPE_TYPE_NOT_FOUND', description, path: 'name' };
}
