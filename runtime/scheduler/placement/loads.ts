import type { TypeLoad } from '../../jobs/index.ts';

/** How many jobs each job type has running, placed just now, or promised a node. */
export class Loads {
  readonly #counts = new Map<number, number>();
  readonly #limits = new Map<number, number>();

  constructor(loads: readonly TypeLoad[]) {
    for (const { jobTypeId, running, maxScheduled } of loads) {
      this.#counts.set(jobTypeId, running);
      if (maxScheduled !== null) this.#limits.set(jobTypeId, maxScheduled);
    }
  }

  of(jobTypeId: number): number {
    return this.#counts.get(jobTypeId) ?? 0;
  }

  isFull(jobTypeId: number): boolean {
    return this.of(jobTypeId) >= (this.#limits.get(jobTypeId) ?? Infinity);
  }

  add(jobTypeId: number): void {
    this.#counts.set(jobTypeId, this.of(jobTypeId) + 1);
  }
}
