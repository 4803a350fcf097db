/** How many times as long as a reading took it is good for. */
const share = 10;

/**
 * Reads something that costs, and says the same again for ten times as long as that took: however often it is asked for,
 * a tenth of one session's time at most is spent on it. Who asks while it is read waits for that.
 */
export class Reading<Value> {
  readonly #read: () => Promise<Value>;
  #current: Promise<Value> | undefined;
  #goodUntil = Infinity;

  constructor(read: () => Promise<Value>) {
    this.#read = read;
  }

  get(): Promise<Value> {
    if (this.#current && performance.now() < this.#goodUntil) return this.#current;
    const begun = performance.now();
    this.#goodUntil = Infinity;
    const current = this.#read();
    this.#current = current;
    const settle = (factor: number) => () => {
      const now = performance.now();
      this.#goodUntil = now + factor * (now - begun);
    };
    current.then(settle(share), settle(0));
    return current;
  }
}
