import path from 'node:path';
import type { Countable } from '../workspace/index.ts';

const kinds = ['file', 'directory', 'escaped', 'special'] as const;

/** One name below OUTPUT_DIR. */
export interface OutputEntry {
  /** Relative to OUTPUT_DIR, `/`-separated. */
  readonly relativePath: string;
  /** `escaped`: a link that leaves OUTPUT_DIR or leads nowhere; `special`: a device, socket or pipe. */
  readonly kind: (typeof kinds)[number];
  /** Of a link inside OUTPUT_DIR: absolute path of what it leads to; undefined: it is no such link. */
  readonly target: string | undefined;
  /** Bytes; 0 unless a file. */
  readonly size: number;
}

/**
 * All names below OUTPUT_DIR, sorted by relative path. There may be very many: they are columns outside the heap, about 35
 * bytes for each, and an entry is an object only while somebody looks at it.
 */
export class OutputEntries implements Countable<OutputEntry> {
  readonly #root: string;
  /** All paths, one behind the other. */
  readonly #text: Buffer;
  /** Where each path begins in the text, and where the last one ends. */
  readonly #bounds: Uint32Array;
  readonly #kinds: Uint8Array;
  readonly #sizes: Float64Array;
  readonly #targets = new Map<number, string>();

  /**
   * @param root OUTPUT_DIR, all links followed
   * @param entries in any order
   */
  constructor(root: string, { paths, facts, targets }: UnsortedEntries) {
    this.#root = root;
    const order = new Uint32Array(paths.keys()).sort((a, b) => (paths[a]! < paths[b]! ? -1 : 1));
    this.#kinds = new Uint8Array(order.length);
    this.#sizes = new Float64Array(order.length);
    this.#bounds = new Uint32Array(order.length + 1);
    this.#text = Buffer.alloc(paths.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0));
    let end = 0;
    order.forEach((from, index) => {
      end += this.#text.write(paths[from]!, end);
      this.#bounds[index + 1] = end;
      this.#kinds[index] = facts[2 * from]!;
      this.#sizes[index] = facts[2 * from + 1]!;
      const target = targets.get(from);
      if (target !== undefined) this.#targets.set(index, target);
    });
  }

  get length(): number {
    return this.#kinds.length;
  }

  /** @param index from 0 to `length` - 1 */
  at(index: number): OutputEntry {
    return {
      relativePath: this.#pathAt(index),
      kind: kinds[this.#kinds[index]!]!,
      target: this.#targets.get(index),
      size: this.#sizes[index]!,
    };
  }

  /** -1: there is none of that path. */
  indexOf(relativePath: string): number {
    let [from, to] = [0, this.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const found = this.#pathAt(middle);
      if (found === relativePath) return middle;
      if (found < relativePath) from = middle + 1;
      else to = middle;
    }
    return -1;
  }

  /** Absolute path of the content of an entry: of a link inside OUTPUT_DIR, what it leads to. */
  contentOf({ relativePath, target }: OutputEntry): string {
    return target ?? path.join(this.#root, relativePath);
  }

  *[Symbol.iterator](): Generator<OutputEntry, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  #pathAt(index: number): string {
    return this.#text.toString('utf8', this.#bounds[index], this.#bounds[index + 1]);
  }
}

/** Entries as they are found. */
export class UnsortedEntries {
  readonly paths: string[] = [];
  /** Kind and size of each, in turns. */
  readonly facts: number[] = [];
  /** By index. */
  readonly targets = new Map<number, string>();

  get length(): number {
    return this.paths.length;
  }

  add({ relativePath, kind, target, size }: OutputEntry): void {
    if (target !== undefined) this.targets.set(this.paths.length, target);
    this.paths.push(relativePath);
    this.facts.push(kinds.indexOf(kind), size);
  }
}
