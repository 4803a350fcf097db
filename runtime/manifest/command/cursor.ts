import { SeedbedError } from '../../errors/index.ts';

/** A place in a command, character by character (code points). */
export class Cursor {
  at = 0;
  /** How many `${` are open. */
  depth = 0;
  readonly #characters: readonly string[];

  constructor(text: string) {
    this.#characters = Array.from(text);
  }

  get ended(): boolean {
    return this.at >= this.#characters.length;
  }

  /** The character `ahead` of this place; empty beyond the end. */
  peek(ahead = 0): string {
    return this.#characters[this.at + ahead] ?? '';
  }

  take(): string {
    return this.#characters[this.at++] ?? '';
  }

  /** Steps over one character if it is this one. */
  skip(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  /** Takes characters as long as each fits, `most` of them at most. */
  takeWhile(fits: RegExp, most = Infinity): string {
    const start = this.at;
    while (!this.ended && this.at - start < most && fits.test(this.peek())) this.at++;
    return this.#characters.slice(start, this.at).join('');
  }

  /** @throws invalid-command */
  fail(problem: string, at = this.at): never {
    return failAt(at, problem);
  }
}

/**
 * @param at index in characters; messages count from 1
 * @throws invalid-command
 */
export function failAt(at: number, problem: string): never {
  throw new SeedbedError('invalid-command', { position: at + 1, problem });
}
