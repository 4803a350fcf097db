const mask = Buffer.from('******');

/**
 * Replaces secrets in a stream of bytes, wherever the stream is cut. It holds back only what may be the beginning of a
 * secret. Costs nothing when there are none.
 */
export class SecretFilter {
  readonly #secrets: readonly Buffer[];
  #held: Buffer = Buffer.alloc(0);

  /** @param secrets values of at least one character */
  constructor(secrets: Iterable<string>) {
    this.#secrets = [...secrets]
      .filter((secret) => secret !== '')
      .map((secret) => Buffer.from(secret))
      .sort((a, b) => b.length - a.length);
  }

  /** @returns what may be shown of the stream so far */
  push(chunk: Buffer): Buffer {
    if (this.#secrets.length === 0) return chunk;
    const shown: Buffer[] = [];
    let rest = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    for (let found = this.#first(rest); found; found = this.#first(rest)) {
      shown.push(rest.subarray(0, found.at), mask);
      rest = rest.subarray(found.at + found.length);
    }
    const keep = this.#beginning(rest);
    shown.push(rest.subarray(0, rest.length - keep));
    this.#held = Buffer.from(rest.subarray(rest.length - keep));
    return Buffer.concat(shown);
  }

  /** @returns what was held back, at the end of the stream */
  end(): Buffer {
    const rest = this.#held;
    this.#held = Buffer.alloc(0);
    return rest;
  }

  #first(bytes: Buffer): { at: number; length: number } | undefined {
    let first: { at: number; length: number } | undefined;
    for (const secret of this.#secrets) {
      const at = bytes.indexOf(secret);
      if (at >= 0 && (!first || at < first.at)) first = { at, length: secret.length };
    }
    return first;
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
