import type { Finding, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Queries } from '../../database/index.ts';
import { judgeDefinition, type KnownTypes, type NodeInterface } from '../../recipe/index.ts';
import { knownTypes } from './known-types.ts';
import { namedTypes } from './named-types.ts';

/** What is wrong with a definition; where nothing is, what a revision is made of. */
export interface RecipeTypeJudgement {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly revision?: NewRevision;
}

export interface NewRevision {
  readonly definition: RecipeDefinition;
  readonly interface: NodeInterface;
  /** Names of recipe types that it has as sub-recipes, at any depth. */
  readonly contains: readonly string[];
}

/**
 * Judges a definition by what is known now.
 * @param name of the recipe type that it is to be of; undefined: of none that is there
 */
export async function judgeRecipeType(
  db: Queries,
  document: unknown,
  name: string | undefined,
): Promise<RecipeTypeJudgement> {
  const known = await knownTypes(db, document);
  const { errors, warnings, definition, interface: own } = judgeDefinition(document, known, name);
  if (!definition || !own) return { errors, warnings };
  return {
    errors: [],
    warnings,
    revision: { definition, interface: own, contains: containedIn(definition, known) },
  };
}

function containedIn(definition: RecipeDefinition, known: KnownTypes): string[] {
  const names = namedTypes(definition).recipeTypes.flatMap(({ name, revision }) => [
    name,
    ...known.recipeType(name, revision)!.contains,
  ]);
  return [...new Set(names)].sort();
}
