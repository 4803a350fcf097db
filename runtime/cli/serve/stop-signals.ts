const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Waits for a signal that asks to stop; the second one ends the process at once, as if nobody had listened. What it leaves,
 * the next service takes up.
 */
export class StopSignals {
  readonly asked: Promise<NodeJS.Signals>;
  readonly #listener: (name: NodeJS.Signals) => void;

  constructor() {
    let resolve: (name: NodeJS.Signals) => void;
    this.asked = new Promise((given) => (resolve = given));
    let count = 0;
    this.#listener = (name) => {
      count += 1;
      if (count === 1) return resolve(name);
      this.end();
      process.kill(process.pid, name);
    };
    for (const name of signals) process.on(name, this.#listener);
  }

  /** Gives the signals back to their defaults. */
  end(): void {
    for (const name of signals) process.off(name, this.#listener);
  }
}
