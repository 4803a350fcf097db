import type { Queries } from '../../database/index.ts';
import type { GraphNode } from '../../recipe/index.ts';
import type { RecipeContext } from '../context.ts';
import type { Plan } from '../plan/plan.ts';
import { type Settled, type Stuck, Sums } from './changes.ts';
import type { MadeRecipe } from './create.ts';
import { type NodeRow, type RecipeDelta, type RecipeRow, recipeRows } from './rows.ts';
import type { FanRow } from './run-rows.ts';

/** A node that may begin. */
export type Ready = Pick<NodeRow, 'id' | 'recipeId' | 'name' | 'jobId'>;

/** A node with all that is known of it. */
export interface KnownNode {
  readonly recipe: RecipeRow;
  readonly plan: Plan;
  readonly graph: GraphNode;
}

/** Runs that a transaction starts at most in which jobs end; the others are started by those that follow. */
const mostRuns = 500;

/** What is still to follow from what has happened in a transaction, and what was read of recipes in it. */
export class Steps {
  readonly tx: Queries;
  readonly context: RecipeContext;
  settled: Settled[] = [];
  stuck: Stuck[] = [];
  readonly ready: Ready[] = [];
  readonly fans: FanRow[] = [];
  readonly counts = new Sums<RecipeDelta>();
  runsLeft = mostRuns;
  readonly #recipes = new Map<number, RecipeRow>();

  constructor(tx: Queries, context: RecipeContext) {
    this.tx = tx;
    this.context = context;
  }

  settle(settled: Settled): void {
    this.settled.push(settled);
  }

  stick(stuck: Stuck): void {
    this.stuck.push(stuck);
  }

  begin(ready: Ready): void {
    this.ready.push(ready);
  }

  /** What was made begins with the nodes that wait for none. */
  beginRecipes(made: readonly MadeRecipe[]): void {
    for (const { row, ready } of made) {
      this.#recipes.set(row.id, row);
      for (const [name, id] of ready) this.begin({ id, recipeId: row.id, name, jobId: null });
      this.count(row.id, {});
    }
  }

  count(id: number, change: Partial<Record<keyof RecipeDelta, number>>): void {
    this.counts.add(`${id}`, () => ({ id, left: 0, stuck: 0 }), change);
  }

  /** What is known of nodes, read in one statement; in the order of `nodes`. */
  async know<Node extends { readonly recipeId: number; readonly name: string }>(
    nodes: readonly Node[],
  ): Promise<(Node & KnownNode)[]> {
    await this.recipesOf([...new Set(nodes.map(({ recipeId }) => recipeId))]);
    const known: (Node & KnownNode)[] = [];
    for (const node of nodes) known.push({ ...node, ...(await this.nodeOf(node.recipeId, node.name)) });
    return known;
  }

  async nodeOf(recipeId: number, name: string): Promise<KnownNode> {
    const recipe = await this.recipeOf(recipeId);
    const plan = await this.context.plans.of(this.tx, recipe.revisionId);
    return { recipe, plan, graph: plan.graph.get(name)! };
  }

  async recipeOf(id: number): Promise<RecipeRow> {
    return (await this.recipesOf([id]))[0]!;
  }

  async recipesOf(ids: readonly number[]): Promise<RecipeRow[]> {
    const unknown = ids.filter((id) => !this.#recipes.has(id));
    if (unknown.length > 0)
      for (const row of await recipeRows(this.tx, unknown)) this.#recipes.set(row.id, row);
    return ids.map((id) => this.#recipes.get(id)!);
  }
}

/** The node itself, not a run of it. */
export function whereOf({ recipeId, name }: Pick<Ready, 'recipeId' | 'name'>) {
  return { recipeId, name, item: -1 };
}

export function kindOf({ node }: GraphNode) {
  return node.node_type.node_type;
}
