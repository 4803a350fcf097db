/** What has happened to a node, or to one of its runs, and is to be told to what depends on it. */
export interface Happened {
  readonly recipeId: number;
  readonly name: string;
  /** -1: the node itself. */
  readonly item: number;
}

/** COMPLETED or SKIPPED. */
export interface Settled extends Happened {
  readonly used: boolean;
  /** What a condition decided. */
  readonly verdict?: boolean;
}

/** Cannot go on by itself any more, or can again. */
export interface Stuck extends Happened {
  readonly isStuck: boolean;
}

/** Adds numbers up by key. */
export class Sums<Row extends object> {
  readonly #rows = new Map<string, Row>();

  add(key: string, zero: () => Row, change: Partial<Record<keyof Row, number>>): void {
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = zero()));
    const sums = row as Record<string, number>;
    for (const [name, value] of Object.entries(change)) sums[name] = (sums[name] ?? 0) + (value as number);
  }

  get size(): number {
    return this.#rows.size;
  }

  take(): Row[] {
    const rows = [...this.#rows.values()];
    this.#rows.clear();
    return rows;
  }
}
