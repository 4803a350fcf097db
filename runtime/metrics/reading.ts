import { setTimeout as delay } from 'node:timers/promises';

/** How many times as long as a reading took it is good for. */
const share = 10;
/** For a new reading, where there is an older one to be shown. */
const patienceMs = 25;

/** What was read, and when it began to be (`performance.now()`). */
export interface Read<Value> {
  readonly value: Value;
  readonly at: number;
}

/**
 * Reads something that costs, and says the same again for ten times as long as that took: however often it is asked for,
 * a tenth of one session's time at most is spent on it. Who asks waits for the first reading; later ones that take their
 * time are for who asks next.
 */
export class Reading<Value> {
  readonly #read: () => Promise<Value>;
  #last: Read<Value> | undefined;
  #reading: Promise<Read<Value>> | undefined;
  #goodUntil = 0;

  constructor(read: () => Promise<Value>) {
    this.#read = read;
  }

  async get(): Promise<Read<Value>> {
    if (this.#last && performance.now() < this.#goodUntil) return this.#last;
    this.#reading ??= this.#again().finally(() => (this.#reading = undefined));
    if (!this.#last) return this.#reading;
    return Promise.race([this.#reading, delay(patienceMs, this.#last, { ref: false })]);
  }

  async #again(): Promise<Read<Value>> {
    const at = performance.now();
    try {
      this.#last = { value: await this.#read(), at };
      const now = performance.now();
      this.#goodUntil = now + share * (now - at);
      return this.#last;
    } catch (thrown) {
      this.#last = undefined;
      throw thrown;
    }
  }
}
