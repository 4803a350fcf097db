/** Somebody waits until something changes: counts, a queue that is filled, an end. */
export class Changes {
  #wake: (() => void)[] = [];

  /** Resolves with the next change. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  tell(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const one of wake) one();
  }
}
