import { createHash } from 'node:crypto';
import type { BatchRowDocument } from '../../../../seed-schema/index.ts';
import type { Place } from './entry.ts';
import { NumberMap, numberOf } from './number-map.ts';

/**
 * Whether a row need not be run again when its batch is resumed: it completed, or failed in a way that is its own, so that
 * it would fail again. What the machine, the engine or the user did to it is no end. Pure.
 * @param retriesFailed whether only those are done that completed
 */
export function isDone(
  { status, error }: Pick<BatchRowDocument, 'status' | 'error'>,
  retriesFailed: boolean,
): boolean {
  if (status === 'completed') return true;
  if (retriesFailed) return false;
  return status === 'failed' && error !== null && error.category !== 'system' && error.name !== 'canceled';
}

/** Where the journal says of rows that they are done, by their ids: 40 bytes for each. */
export class DoneRows {
  readonly #numbers = new NumberMap();
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #count = 0;

  add(id: string, { offset, length }: Place): void {
    if (this.#count === this.#offsets.length) this.#grow();
    this.#offsets[this.#count] = offset;
    this.#lengths[this.#count] = length;
    this.#numbers.set(hashOf(id), this.#count++);
  }

  /** Where to look; the entry there may be another row's, by a chance of one in 2⁵² for each pair. */
  find(id: string): Place | undefined {
    const at = this.#numbers.get(hashOf(id));
    return at === undefined ? undefined : { offset: this.#offsets[at]!, length: this.#lengths[at]! };
  }

  #grow(): void {
    const [offsets, lengths] = [this.#offsets, this.#lengths];
    this.#offsets = new Float64Array(offsets.length * 2);
    this.#lengths = new Uint32Array(lengths.length * 2);
    this.#offsets.set(offsets);
    this.#lengths.set(lengths);
  }
}

function hashOf(id: string): number {
  return numberOf(createHash('sha256').update(id).digest('hex'));
}
