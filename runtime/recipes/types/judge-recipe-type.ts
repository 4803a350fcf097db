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
  const { errors, warnings, definition, interface: own } = judgeDefinition(document, known);
  const contains = containedIn(document, known);
  const recursions = name !== undefined && contains.has(name) ? recursionsTo(name, document, known) : [];
  if (!definition || !own || recursions.length > 0)
    return { errors: [...errors, ...recursions], warnings };
  return { errors: [], warnings, revision: { definition, interface: own, contains: [...contains].sort() } };
}

function containedIn(document: unknown, known: KnownTypes): Set<string> {
  return new Set(
    namedTypes(document).recipeTypes.flatMap(({ name, revision }) => [
      name,
      ...(known.recipeType(name, revision)?.contains ?? []),
    ]),
  );
}

/** A recipe type that contained itself would never end. */
function recursionsTo(name: string, document: unknown, known: KnownTypes): Finding[] {
  const { nodes = {} } = document as { nodes?: Record<string, { node_type?: Record<string, unknown> }> };
  return Object.entries(nodes).flatMap(([node, { node_type: type }]) => {
    const sub = String(type?.recipe_type_name);
    const contains = known.recipeType(sub, Number(type?.recipe_type_revision))?.contains;
    if (type?.node_type !== 'recipe' || (sub !== name && !contains?.has(name))) return [];
    const description = `The node ${node} runs ${sub === name ? 'this recipe type itself' : `${sub}, which contains this recipe type`}`;
    return [{ name: 'RECURSIVE_SUBRECIPES', description, path: `nodes.${node}.node_type` }];
  });
}
