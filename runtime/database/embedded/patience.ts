/** A clock for each stay in a state: how long we may wait there, milliseconds. */
export class Patience<State extends string> {
  readonly #limits: Readonly<Record<State, number>>;
  #state: State | undefined;
  #since = 0;
  #changes = 0;

  constructor(limits: Readonly<Record<State, number>>) {
    this.#limits = limits;
  }

  /** Whether we have waited too long in that state, or seen so many that it will never end. */
  isOver(state: State): boolean {
    if (state !== this.#state) {
      this.#state = state;
      this.#since = performance.now();
      this.#changes += 1;
    }
    return performance.now() - this.#since > this.#limits[state] || this.#changes > 200;
  }
}
