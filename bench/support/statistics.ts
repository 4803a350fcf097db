/** The value below which a share of the samples lies, interpolated between neighbours. @param share 0.5 is the median */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Samples by name, in the order of the names given, then in that in which others came. */
export class Samples {
  readonly #byName: Map<string, number[]>;

  constructor(names: readonly string[] = []) {
    this.#byName = new Map(names.map((name) => [name, []]));
  }

  add(name: string, value: number): void {
    const known = this.#byName.get(name);
    if (known) known.push(value);
    else this.#byName.set(name, [value]);
  }

  get names(): string[] {
    return [...this.#byName.keys()];
  }

  of(name: string): readonly number[] {
    return this.#byName.get(name) ?? [];
  }

  p50(name: string): number {
    return quantile(this.of(name), 0.5);
  }

  p95(name: string): number {
    return quantile(this.of(name), 0.95);
  }
}
