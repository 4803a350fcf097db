import type { Adopted, Scheduled } from '../jobs/index.ts';
import type { AdoptedFrom, Ended, Executor } from './executor.ts';
import type { DrivenNode } from './nodes/driven-node.ts';

interface Running {
  readonly execution: Scheduled;
  readonly cancel: AbortController;
  readonly detach: AbortController;
  readonly done: Promise<void>;
}

/** What this runtime works at: from the claim until the end is fact. */
export class RunningExecutions {
  readonly #executor: Executor;
  readonly #onEnd: (ended: Ended) => void;
  readonly #running = new Map<number, Running>();
  #leaving = false;

  constructor(executor: Executor, onEnd: (ended: Ended) => void) {
    this.#executor = executor;
    this.#onEnd = onEnd;
  }

  get size(): number {
    return this.#running.size;
  }

  has(execution: number): boolean {
    return this.#running.has(execution);
  }

  uses(attemptDirectory: string): boolean {
    return [...this.#running.values()].some(
      ({ execution }) => execution.attemptDirectory === attemptDirectory,
    );
  }

  /** What we work at already, under an earlier epoch, is let go first: two at one container would harvest it twice. */
  start(execution: Scheduled, node: DrivenNode, adopted: AdoptedFrom | undefined): void {
    const before = this.#running.get(execution.id);
    before?.detach.abort();
    const [cancel, detach] = [new AbortController(), new AbortController()];
    if (this.#leaving) detach.abort();
    let resolve = () => {};
    const done = new Promise<void>((settled) => (resolve = settled));
    const entry = { execution, cancel, detach, done };
    this.#running.set(execution.id, entry);
    const over = () => {
      if (this.#running.get(execution.id) === entry) this.#running.delete(execution.id);
      resolve();
    };
    const task = { execution, node, adopted, cancel: cancel.signal, detach: detach.signal };
    void (before?.done ?? Promise.resolve())
      .then(() => this.#executor.run(task))
      .then((ended) => {
        if (!ended) return over();
        return this.#onEnd({ ...ended, after: (held) => ended.after(held).finally(over) });
      });
  }

  /** Stops the job of an execution of ours. */
  cancel(execution: number): void {
    this.#running.get(execution)?.cancel.abort('cancel');
  }

  /**
   * Lets go of what is not ours any more.
   * @param own what the database takes for ours
   * @returns those of them that we do not work at
   */
  compare(own: readonly Adopted[]): Adopted[] {
    const epochs = new Map(own.map(({ id, epoch }) => [id, epoch]));
    for (const { execution, detach } of this.#running.values())
      if (epochs.get(execution.id) !== execution.epoch) detach.abort();
    return own.filter(({ id, epoch }) => this.#running.get(id)?.execution.epoch !== epoch);
  }

  /** Goes away from everything, also from what is started later. */
  async detach(): Promise<void> {
    this.#leaving = true;
    for (const { detach } of this.#running.values()) detach.abort();
    await this.ended();
  }

  /** Resolves when everything is over. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}
