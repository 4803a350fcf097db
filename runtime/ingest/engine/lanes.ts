/** Batches that are worked at beside each other: while one waits for the database, the next one reads its files. */
export class Lanes {
  readonly #width: number;
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly thrown: unknown } | undefined;

  constructor(width: number) {
    this.#width = width;
  }

  /** Begins a piece of work as soon as there is a free lane. @throws what an earlier piece threw */
  async begin(work: () => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#width) await Promise.race(this.#running);
    this.#expectGood();
    const running = work()
      .catch((thrown: unknown) => {
        this.#failure ??= { thrown };
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all that was begun. @throws what a piece threw */
  async end(): Promise<void> {
    await Promise.all(this.#running);
    this.#expectGood();
  }

  #expectGood(): void {
    if (!this.#failure) return;
    const { thrown } = this.#failure;
    throw thrown;
  }
}
