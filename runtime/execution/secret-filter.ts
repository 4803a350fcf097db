import { secretMask } from '../manifest/names.ts';
import { type SecretSpan, secretSpans } from './secret-spans.ts';

const mask = Buffer.from(secretMask);

/** Secrets that overlap without end are cut here, so that memory stays flat. */
const mostHeld = 64 * 1024;

/**
 * Replaces secrets in a stream of bytes, wherever the stream is cut. It holds back only what may be the beginning of a
 * secret. Costs nothing when there are none.
 */
export class SecretFilter {
  readonly #secrets: readonly Buffer[];
  #held: Buffer = Buffer.alloc(0);

  constructor(secrets: Iterable<string>) {
    this.#secrets = [...secrets].filter((secret) => secret !== '').map((secret) => Buffer.from(secret));
  }

  /** @returns what may be shown of the stream so far */
  push(chunk: Buffer): Buffer {
    if (this.#secrets.length === 0) return chunk;
    const bytes = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    const spans = secretSpans(bytes, this.#secrets);
    const undecided = bytes.length - this.#beginning(bytes);
    const crossing = spans.find(({ start, end }) => start < undecided && end > undecided);
    const cut = crossing && bytes.length - crossing.start < mostHeld ? crossing.start : undecided;
    this.#held = Buffer.from(bytes.subarray(cut));
    return masked(bytes.subarray(0, cut), spans);
  }

  /** @returns what was held back, at the end of the stream */
  end(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return masked(rest, secretSpans(rest, this.#secrets));
  }

  /** How many bytes at the end may be the beginning of a secret. */
  #beginning(bytes: Buffer): number {
    let longest = 0;
    for (const secret of this.#secrets)
      for (let length = Math.min(secret.length - 1, bytes.length); length > longest; length--)
        if (bytes.subarray(bytes.length - length).equals(secret.subarray(0, length))) longest = length;
    return longest;
  }
}

function masked(bytes: Buffer, spans: readonly SecretSpan[]): Buffer {
  const shown: Buffer[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (start >= bytes.length) break;
    shown.push(bytes.subarray(at, start), mask);
    at = Math.min(end, bytes.length);
  }
  return shown.length === 0 ? bytes : Buffer.concat([...shown, bytes.subarray(at)]);
}
