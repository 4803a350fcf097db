import type { LastingDatabase, Queries } from '../database/index.ts';
import { type ActionStep, stepAction } from '../jobs/index.ts';
import type { Logger } from '../logging/index.ts';
import { queueComplete } from './submission/queue-complete.ts';

/** Carries out bulk cancels and requeues, one step after the other, until none is left. */
export class BulkActions {
  readonly #db: LastingDatabase;
  readonly #logger: Logger;
  #isBusy = false;

  constructor(db: LastingDatabase, logger: Logger) {
    this.#db = db;
    this.#logger = logger;
  }

  /** Resolves at once while it is at it already. */
  async carryOut(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (;;) {
        const step = await this.#db.transaction((tx) => nextStep(tx));
        if (!step) return;
        if (step.canceling) this.#db.notify('actions');
        this.#db.notify('queue');
        this.#db.notify('jobs');
      }
    } catch (err) {
      this.#logger.warn({ err }, 'a bulk action failed, and goes on with the next beat');
    } finally {
      this.#isBusy = false;
    }
  }
}

async function nextStep(tx: Queries): Promise<ActionStep | undefined> {
  const step = await stepAction(tx);
  for (const type of step?.pending ?? []) await queueComplete(tx, type, step!.actor);
  return step;
}
