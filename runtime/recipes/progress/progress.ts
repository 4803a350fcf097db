import type { Queries } from '../../database/index.ts';
import type { RecipeContext } from '../context.ts';
import { beginNodes } from './begin.ts';
import { countUp } from './count-up.ts';
import type { MadeRecipe } from './create.ts';
import { nodeKey, type NodeRow } from './rows.ts';
import type { FanRow } from './run-rows.ts';
import { goOn } from './runs.ts';
import { Steps } from './steps.ts';
import { type Standing, takeOver } from './take-over.ts';
import { follow, markBlocked, tell } from './tell.ts';

/** Runs that a transaction starts that does nothing else: a fifth of a second. */
const mostExpanded = 2000;
/** Nodes that are looked at in one go. */
const mostAtOnce = 1000;

/**
 * Carries recipes on from what has happened to some of their nodes, until nothing follows any more. All of it happens in
 * the transaction of what happened, with the rows at the top of the recipes locked. Only nodes that something follows for
 * are read or written: what it costs does not depend on how large a recipe is.
 *
 *     what ended or is stuck (`tell`)   → nodes after it are free to begin, are skipped or are blocked
 *     nodes that may begin (`begin`)    → jobs, sub-recipes, verdicts of conditions, runs
 *     nodes with `forEach` (`runs`)     → their next runs, or their end
 *     recipes whose nodes have changed (`count-up`) → the recipe is complete or stuck, and so is the node that it is
 */
export class Progress {
  readonly #steps: Steps;

  constructor(tx: Queries, context: RecipeContext) {
    this.#steps = new Steps(tx, context);
  }

  /** What was made begins with the nodes that wait for none. */
  beginRecipes(made: readonly MadeRecipe[]): void {
    this.#steps.beginRecipes(made);
  }

  /** Begins nodes that wait for none any more, or skips them: what comes before them was done when their recipe was made. */
  async resume(nodes: readonly NodeRow[]): Promise<void> {
    const none = { done: 0, used: 0, skips: 0, blockers: 0 };
    const unchanged = nodes.map(
      ({ recipeId, name }) => [nodeKey(recipeId, name), { recipeId, name, ...none }] as const,
    );
    await follow(this.#steps, nodes, new Map(unchanged));
  }

  /** More runs of a node are to be started, as far as it allows: more at once than beside anything else. */
  expand(fan: FanRow): void {
    this.#steps.runsLeft = mostExpanded;
    this.#steps.fans.push(fan);
  }

  /** Takes over how jobs stand; see `advance`. */
  async take(
    jobs: readonly (NodeRow & { readonly status: string; readonly awaitsInput: boolean })[],
  ): Promise<void> {
    const waiting: NodeRow[] = [];
    await takeOver(
      this.#steps,
      jobs.map((node) => {
        const status = stateOf(node.status, node.awaitsInput);
        if (status === 'WAITING' && node.state === 'STUCK') waiting.push(node);
        return { node, status };
      }),
    );
    // A job that was canceled before its input was there, and is wanted again.
    const [blocked, ready] = [
      waiting.filter(({ blockers }) => blockers > 0),
      waiting.filter(({ blockers, parentsLeft }) => blockers === 0 && parentsLeft === 0),
    ];
    await markBlocked(this.#steps, blocked, []);
    await this.resume(ready.map((node) => ({ ...node, state: 'WAITING' })));
  }

  async run(): Promise<void> {
    const steps = this.#steps;
    for (;;) {
      if (steps.settled.length + steps.stuck.length > 0) await tell(steps);
      else if (steps.ready.length > 0) await beginNodes(steps, steps.ready.splice(0, mostAtOnce));
      else if (steps.fans.length > 0) await goOn(steps, steps.fans.shift()!);
      else if (steps.counts.size > 0) await countUp(steps);
      else return;
    }
  }
}

function stateOf(status: string, awaitsInput: boolean): Standing['status'] {
  if (status === 'COMPLETED') return 'COMPLETED';
  if (status === 'FAILED' || status === 'CANCELED') return 'STUCK';
  return awaitsInput ? 'WAITING' : 'STARTED';
}
