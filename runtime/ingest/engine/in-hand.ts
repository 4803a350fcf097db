import type { IngestRow } from './rows.ts';

/** The files that are in hand, and those that are tried again later: another one of that name waits for them. */
export class InHand {
  readonly #paths = new Map<string, number>();
  /** Rows that are tried again later. */
  #later: { readonly row: IngestRow; readonly at: number }[] = [];

  has(filePath: string): boolean {
    return this.#paths.has(filePath);
  }

  take(rows: readonly IngestRow[]): void {
    for (const { file_path: one } of rows) this.#paths.set(one, (this.#paths.get(one) ?? 0) + 1);
  }

  letGo(rows: readonly IngestRow[]): void {
    for (const { file_path: one } of rows) {
      const count = (this.#paths.get(one) ?? 1) - 1;
      if (count === 0) this.#paths.delete(one);
      else this.#paths.set(one, count);
    }
  }

  /** Remembers rows for later. */
  wait(rows: readonly IngestRow[]): void {
    for (const row of rows) this.#later.push({ row, at: performance.now() + row.wait_ms });
    this.take(rows);
  }

  /** Milliseconds until the next file is to be tried again; undefined: none is. */
  get nextTry(): number | undefined {
    if (this.#later.length === 0) return undefined;
    return Math.max(0, Math.min(...this.#later.map(({ at }) => at)) - performance.now());
  }

  /** What is to be tried again now; it is no longer in hand. */
  due(): IngestRow[] {
    const now = performance.now();
    const rows = this.#later.filter(({ at }) => at <= now).map(({ row }) => row);
    this.#later = this.#later.filter(({ at }) => at > now);
    this.letGo(rows);
    return rows;
  }
}
