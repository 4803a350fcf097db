/** Lets only one of those with the same key do something at a time, in this process. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const quiet = mine.catch(() => undefined);
    this.#last.set(key, quiet);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === quiet) this.#last.delete(key);
    }
  }
}
