import type { Observation } from '../engine/index.ts';
import type { Adopted, Scheduled } from '../jobs/index.ts';
import type { Ended, Executor } from './executor.ts';
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

  start(
    execution: Scheduled,
    node: DrivenNode,
    adopted: { age: number; container: Observation | undefined } | undefined,
  ): void {
    const [cancel, detach] = [new AbortController(), new AbortController()];
    let resolve = () => {};
    const done = new Promise<void>((settled) => (resolve = settled));
    const entry = { execution, cancel, detach, done };
    this.#running.set(execution.id, entry);
    const over = () => {
      if (this.#running.get(execution.id) === entry) this.#running.delete(execution.id);
      resolve();
    };
    void this.#executor
      .run({ execution, node, adopted, cancel: cancel.signal, detach: detach.signal })
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
    return own.filter(({ id }) => !this.#running.has(id));
  }

  /** Goes away from everything. */
  async detach(): Promise<void> {
    for (const { detach } of this.#running.values()) detach.abort();
    await this.ended();
  }

  /** Resolves when everything is over. */
  async ended(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}
