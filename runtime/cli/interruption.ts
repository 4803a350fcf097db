import { setMaxListeners } from 'node:events';
import { SeedbedError } from '../errors/index.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The user's wish to stop: aborts once, with the signal's name as its reason. */
export class Interruption {
  readonly #controller = new AbortController();
  readonly #listener = (name: NodeJS.Signals) => this.#controller.abort(name);

  constructor() {
    // As many files as are fetched at once may wait for it.
    setMaxListeners(0, this.#controller.signal);
    for (const name of signals) process.on(name, this.#listener);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Waits for work that has nothing to clear up, unless the user wants to stop. @throws canceled */
  async unlessStopped<Value>(work: Promise<Value>): Promise<Value> {
    const { signal } = this;
    let listener: (() => void) | undefined;
    const stopped = new Promise<never>((_, reject) => {
      listener = () => reject(new SeedbedError('canceled', { signal: String(signal.reason) }));
      if (signal.aborted) listener();
      signal.addEventListener('abort', listener);
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      signal.removeEventListener('abort', listener!);
    }
  }

  /** Gives the signals back to their defaults. */
  end(): void {
    for (const name of signals) process.off(name, this.#listener);
  }
}
