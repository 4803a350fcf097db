import type { Place } from './entry.ts';

/** Where the journal says how a row ended, by the number that the row has now: 16 bytes for each. */
export class RowPlaces {
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #lines = new Uint32Array(1024);
  #last = 0;

  set(row: number, line: number | null, { offset, length }: Place): void {
    if (row >= this.#offsets.length) this.#grow(row);
    this.#offsets[row] = offset;
    this.#lengths[row] = length;
    this.#lines[row] = line ?? 0;
    this.#last = Math.max(this.#last, row);
  }

  /** In the order of the rows. */
  *[Symbol.iterator](): Generator<{ row: number; line: number | null; place: Place }> {
    for (let row = 1; row <= this.#last; row++) {
      const length = this.#lengths[row]!;
      if (length === 0) continue;
      yield { row, line: this.#lines[row] || null, place: { offset: this.#offsets[row]!, length } };
    }
  }

  #grow(row: number): void {
    const capacity = Math.max(this.#offsets.length * 2, row + 1);
    this.#offsets = copied(this.#offsets, new Float64Array(capacity));
    this.#lengths = copied(this.#lengths, new Uint32Array(capacity));
    this.#lines = copied(this.#lines, new Uint32Array(capacity));
  }
}

function copied<Numbers extends Float64Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
