import type { LastingDatabase, Queries } from '../database/index.ts';
import { type ActionStep, stepAction } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { advanceOrLeave, expandNext, lockRecipes, type RecipeContext } from '../recipes/index.ts';
import { queueComplete } from './submission/queue-complete.ts';

/**
 * Carries out what takes more than one transaction, one step after the other, until none is left: bulk cancels and requeues,
 * and the runs of nodes that have very many.
 */
export class BulkActions {
  readonly #db: LastingDatabase;
  readonly #logger: Logger;
  readonly #recipes: RecipeContext;
  #isBusy = false;

  constructor(db: LastingDatabase, logger: Logger, recipes: RecipeContext) {
    this.#db = db;
    this.#logger = logger;
    this.#recipes = recipes;
  }

  /** Resolves at once while it is at it already. */
  async carryOut(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (await this.#step());
    } catch (err) {
      this.#logger.warn({ err }, 'a bulk action failed, and goes on with the next beat');
    } finally {
      this.#isBusy = false;
    }
  }

  async #step(): Promise<boolean> {
    const step = await this.#db.transaction((tx) => nextStep(tx, this.#recipes));
    if (step?.canceling) this.#db.notify('actions');
    if (!step && !(await expandNext(this.#db, this.#recipes))) return false;
    this.#db.notify('queue');
    this.#db.notify('jobs');
    return true;
  }
}

async function nextStep(tx: Queries, recipes: RecipeContext): Promise<ActionStep | undefined> {
  const step = await stepAction(tx, (roots) => lockRecipes(tx, roots));
  if (step) await advanceOrLeave(tx, recipes, step.ofRecipes);
  for (const type of step?.pending ?? []) await queueComplete(tx, type, step!.actor);
  return step;
}
