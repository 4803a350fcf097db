import type { ForcedNodes, RecipeDefinition } from '../../../seed-schema/index.ts';
import type { Change } from './recipe-diff.ts';

/** Whether a node itself is named; those that depend on it run again too, which `differences` sees to. */
export function isForced(forced: ForcedNodes, name: string): boolean {
  return forced.all || namedNodes(forced).has(name);
}

/**
 * What is forced inside of a sub-recipe: what `sub_recipes` says of it, or all where only the node is named.
 * @returns undefined when the node is not forced
 */
export function forcedWithin(forced: ForcedNodes, name: string): ForcedNodes | undefined {
  if (!isForced(forced, name)) return undefined;
  const said = forced.all ? undefined : own(forced, name);
  return said ?? { all: true };
}

/** What runs again when both are asked for. */
export function mergeForced(one: ForcedNodes, other: ForcedNodes): ForcedNodes {
  if (one.all || other.all) return { all: true };
  const nodes = [...new Set([...namedNodes(one), ...namedNodes(other)])];
  const parts = nodes.flatMap((name) => {
    if (!own(one, name) && !own(other, name)) return [];
    const said = [forcedWithin(one, name), forcedWithin(other, name)].filter((part) => part !== undefined);
    return [[name, said.reduce(mergeForced)] as const];
  });
  return { all: false, nodes, sub_recipes: Object.fromEntries(parts) };
}

/** Names that are no node of the definition, or that are said to be a sub-recipe and are none. */
export function unknownForced(forced: ForcedNodes, definition: RecipeDefinition): Change[] {
  if (forced.all) return [];
  return [...namedNodes(forced)].flatMap((name) => {
    const node = Object.hasOwn(definition.nodes, name) ? definition.nodes[name] : undefined;
    if (!node)
      return [unknown(`the node ${name} is to run again, and the recipe type has none of that name`)];
    if (own(forced, name) && node.node_type.node_type !== 'recipe')
      return [unknown(`nodes inside of the node ${name} are to run again, and it is no sub-recipe`)];
    return [];
  });
}

function unknown(description: string): Change {
  return { name: 'UNKNOWN_NODE', description };
}

function namedNodes({ nodes = [], sub_recipes = {} }: ForcedNodes): Set<string> {
  return new Set([...nodes, ...Object.keys(sub_recipes)]);
}

function own({ sub_recipes = {} }: ForcedNodes, name: string): ForcedNodes | undefined {
  return Object.hasOwn(sub_recipes, name) ? sub_recipes[name] : undefined;
}
