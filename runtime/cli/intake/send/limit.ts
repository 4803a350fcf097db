/** Lets so many pieces of work go on at once; the others wait their turn. */
export class Limit {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  async run<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // What is free goes to the next one at once.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
