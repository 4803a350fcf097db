import { availableGrains, neededGrains } from './grains.ts';
import type { Amounts } from './placement.ts';

/** One amount in grains for each dimension. */
export type Vector = Float64Array;

/** The resources that any job or node names, numbered, so that amounts are vectors. */
export class Dimensions {
  readonly names: readonly string[];
  /** The most that any node has of each, at least one grain: what makes cores comparable with MiB. */
  readonly #scales: Vector;

  constructor(needs: Iterable<Amounts>, capacities: readonly Amounts[]) {
    const names = new Set<string>();
    for (const resources of [...needs, ...capacities])
      for (const name of Object.keys(resources)) names.add(name);
    this.names = [...names];
    this.#scales = Float64Array.from(this.names, (name) =>
      capacities.reduce((most, capacity) => Math.max(most, availableGrains(capacity[name])), 1),
    );
  }

  need(resources: Amounts): Vector {
    return Float64Array.from(this.names, (name) => neededGrains(resources[name]));
  }

  /** The sum of what `amount` says for each dimension, each as a share of the most that any node has. */
  sum(amount: (dimension: number) => number): number {
    let sum = 0;
    for (let at = 0; at < this.#scales.length; at++) sum += amount(at) / this.#scales[at]!;
    return sum;
  }
}
