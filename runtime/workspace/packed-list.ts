import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What can be gone through as often as one likes, and says how much it is. */
export interface Countable<Value> extends Iterable<Value> {
  readonly length: number;
}

/**
 * Values in one packed chunk: enough to pack well, and so few that most are gone before the garbage collector moves them to
 * where it seldom looks.
 */
export const packedAtOnce = 128;
/** UTF-16 units of their text, above which there are fewer. */
const packedText = 1 << 20;

/**
 * Very many values that are JSON, in order. They are kept as compressed text, chunk by chunk, outside the heap: a tenth of
 * what the objects take, and nothing for the garbage collector to go through. Each reading makes new objects.
 */
export class PackedList<Value> implements Countable<Value> {
  readonly #chunks: Buffer[] = [];
  #last: string[] = [];
  #text = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(...values: readonly Value[]): void {
    for (const value of values) {
      const text = JSON.stringify(value);
      this.#last.push(text);
      this.#text += text.length;
      this.#length++;
      if (this.#last.length === packedAtOnce || this.#text > packedText) this.#pack();
    }
  }

  *[Symbol.iterator](): Generator<Value, void, undefined> {
    for (const chunk of this.#chunks) yield* JSON.parse(inflateRawSync(chunk).toString()) as Value[];
    yield* JSON.parse(listOf(this.#last)) as Value[];
  }

  #pack(): void {
    const packed = deflateRawSync(listOf(this.#last), { level: 1 });
    // zlib's own is a view of 16 KiB, of which most chunks need a small part.
    this.#chunks.push(Buffer.from(packed));
    this.#last = [];
    this.#text = 0;
  }
}

function listOf(texts: readonly string[]): string {
  return `[${texts.join(',')}]`;
}

/** Items by the chunk, in order. */
export function* inChunks<Item>(items: Iterable<Item>, size: number): Generator<Item[], void, undefined> {
  let chunk: Item[] = [];
  for (const item of items) {
    if (chunk.push(item) < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Lists as one, each behind the one before. */
export function joined<Value>(lists: readonly Countable<Value>[]): Countable<Value> {
  return {
    length: lists.reduce((sum, { length }) => sum + length, 0),
    *[Symbol.iterator]() {
      for (const list of lists) yield* list;
    },
  };
}
