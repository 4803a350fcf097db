/** Work that goes on beside: so much of it that writes are put together, and no more than memory is meant for. */
const most = 256;

/** Promises that somebody else need not wait for one by one. A failure is thrown at the next occasion. */
export class Backlog {
  readonly #open = new Set<Promise<void>>();
  #failure: { readonly thrown: unknown } | undefined;

  /** Resolves at once while there is room. @throws what work that was added earlier has thrown */
  async add(work: Promise<void>): Promise<void> {
    const done = work
      .catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      })
      .then(() => void this.#open.delete(done));
    this.#open.add(done);
    while (this.#open.size >= most) await Promise.race(this.#open);
    if (this.#failure) throw this.#failure.thrown;
  }

  /** Waits for all of it. @throws what any of it has thrown */
  async drained(): Promise<void> {
    await Promise.all(this.#open);
    if (this.#failure) throw this.#failure.thrown;
  }
}
