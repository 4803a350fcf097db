const leastCapacity = 1024;

/**
 * Whole numbers from 0 to 2⁵³ - 2, each with one from 0 to 2³² - 1. A million of them take 25 MB; a `Map` takes four times
 * that. Open addressing, at most half full.
 */
export class NumberMap {
  /** The key plus one; 0 is a place without a key. */
  #keys = new Float64Array(leastCapacity);
  #values = new Uint32Array(leastCapacity);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(key: number): number | undefined {
    const at = this.#placeOf(key);
    return this.#keys[at] === 0 ? undefined : this.#values[at];
  }

  set(key: number, value: number): void {
    if ((this.#size + 1) * 2 > this.#keys.length) this.#grow();
    const at = this.#placeOf(key);
    if (this.#keys[at] === 0) this.#size++;
    this.#keys[at] = key + 1;
    this.#values[at] = value;
  }

  #placeOf(key: number): number {
    const capacity = this.#keys.length;
    let at = key % capacity;
    while (this.#keys[at] !== 0 && this.#keys[at] !== key + 1) at = (at + 1) % capacity;
    return at;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#keys = new Float64Array(keys.length * 2);
    this.#values = new Uint32Array(keys.length * 2);
    this.#size = 0;
    for (const [at, key] of keys.entries()) if (key !== 0) this.set(key - 1, values[at]!);
  }
}

/** A text's digest as such a number. @param digest at least 13 hexadecimal digits */
export function numberOf(digest: string): number {
  return Number.parseInt(digest.slice(0, 13), 16);
}
