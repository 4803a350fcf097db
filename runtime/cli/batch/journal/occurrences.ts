import { NumberMap, numberOf } from './number-map.ts';

/**
 * Tells rows apart whose jobs would read the same: the second row with the same key has another id than the first. So a
 * row keeps its id when others are put before it, or taken away.
 */
export class Occurrences {
  readonly #counts = new NumberMap();

  /** The id of the next row with this key. */
  identify(key: string): string {
    const count = (this.#counts.get(numberOf(key)) ?? 0) + 1;
    this.#counts.set(numberOf(key), count);
    return count === 1 ? key : `${key}-${count}`;
  }
}
