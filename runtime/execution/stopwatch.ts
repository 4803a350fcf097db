import type { Step, StepName } from './result.ts';

/** Times the steps of one run, and tells of each as it begins and ends. */
export class Stopwatch {
  readonly #steps: Step[] = [];
  readonly #onStep: ((name: StepName, ms: number | undefined) => void) | undefined;

  /** @param onStep called without a duration when a step begins, with it (milliseconds) when it has ended well */
  constructor(onStep?: (name: StepName, ms: number | undefined) => void) {
    this.#onStep = onStep;
  }

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Runs one step; it is counted whether it ends well or not. */
  async time<Value>(name: StepName, work: () => Promise<Value>): Promise<Value> {
    this.#onStep?.(name, undefined);
    const begun = performance.now();
    const elapsed = () => Math.round((performance.now() - begun) * 10) / 10;
    try {
      const value = await work();
      this.#onStep?.(name, elapsed());
      return value;
    } finally {
      this.#steps.push({ name, ms: elapsed() });
    }
  }
}
