import { type Edge, type GraphNode, topologicalOrder } from '../../../../recipe/index.ts';
import type { Plan } from '../../../../recipes/index.ts';

/** A recipe of a plan, or one that is a node of it, at any depth. */
export interface FlatRecipe {
  readonly plan: Plan;
  /** Names of the nodes that lead to it; empty: it is at the top. */
  readonly path: readonly string[];
  /** Positions of its nodes among all, by name. */
  readonly nodes: ReadonlyMap<string, number>;
}

/** What is decided of a node: a sub-recipe begins, and later ends. */
export interface FlatStep {
  readonly kind: 'job' | 'condition' | 'begin' | 'end';
  /** How many jobs come one after the other before it is decided, at most. */
  readonly level: number;
  /** Position of the node among all. */
  readonly node: number;
  /** Of the recipe that it is in. */
  readonly recipe: number;
  /** As in `part/blur`. */
  readonly name: string;
  readonly graph: GraphNode;
  /** Nodes that it depends on, with their positions. */
  readonly parents: readonly { readonly edge: Edge; readonly node: number }[];
  /** Whether anything depends on what it gives. */
  readonly isUsed: boolean;
  /** Of `begin` and `end`: the recipe that it is. */
  readonly inside?: number;
}

/** A revision of a recipe type with its sub-recipes, ready to be decided on level after level. */
export interface FlatPlan {
  readonly recipes: readonly FlatRecipe[];
  /** Positions of recipes by those of the nodes that they are. */
  readonly inside: ReadonlyMap<number, number>;
  /** By level; in each one, after those that they depend on. */
  readonly levels: readonly (readonly FlatStep[])[];
}

/** Lays a plan out. Pure. @returns or why that is not possible */
export function flatPlan(plan: Plan): FlatPlan | { readonly untold: string } {
  const flat = new Flat();
  flat.add(plan, [], 0);
  if (flat.untold !== undefined) return { untold: flat.untold };
  const levels: FlatStep[][] = [];
  for (const step of flat.steps) (levels[step.level] ??= []).push(step);
  return { recipes: flat.recipes, inside: flat.inside, levels: Array.from(levels, (steps) => steps ?? []) };
}

class Flat {
  readonly recipes: FlatRecipe[] = [];
  readonly steps: FlatStep[] = [];
  readonly inside = new Map<number, number>();
  untold: string | undefined;
  #nodes = 0;

  /** @param from the level at which it begins @returns the one at which it has ended */
  add(plan: Plan, path: readonly string[], from: number): number {
    const nodes = new Map([...plan.graph.keys()].map((name) => [name, this.#nodes++]));
    const recipe = this.recipes.push({ plan, path, nodes }) - 1;
    const given = new Set(Object.values(plan.definition.output).map(({ node }) => node));
    const ends = new Map<string, number>();
    for (const name of topologicalOrder(plan.definition.nodes)) {
      const graph = plan.graph.get(name)!;
      const level = Math.max(from, ...graph.parents.map(({ parent }) => ends.get(parent)!));
      const step = {
        ...{ level, recipe, graph, node: nodes.get(name)! },
        name: [...path, name].join('/'),
        parents: graph.parents.map((edge) => ({ edge, node: nodes.get(edge.parent)! })),
        isUsed: graph.children.length > 0 || (given.has(name) && path.length > 0),
      };
      ends.set(name, this.#addNode(plan, path, step));
    }
    return Math.max(from, ...ends.values());
  }

  #addNode(plan: Plan, path: readonly string[], step: Omit<FlatStep, 'kind'>): number {
    const { name, node } = step.graph;
    const { node_type: kind } = node.node_type;
    if (node.forEach && kind !== 'condition')
      this.untold ??= `Of recipes with a forEach, as at ${step.name}, only the first ones are decided on`;
    if (kind !== 'recipe') {
      this.steps.push({ kind, ...step });
      return kind === 'job' ? step.level + 1 : step.level;
    }
    const inside = this.recipes.length;
    this.inside.set(step.node, inside);
    this.steps.push({ kind: 'begin', ...step, inside });
    const level = this.add(plan.recipes.get(name)!, [...path, name], step.level);
    this.steps.push({ kind: 'end', ...step, level, inside });
    return level;
  }
}
