/** Reading that waits for bytes: each `yield` asks for more, and gets undefined when the connection has ended. */
export type Reading<Result> = Generator<undefined, Result, Buffer | undefined>;

/** An answer that is no HTTP. */
export class BrokenAnswer extends Error {}

/** The end of a connection in the middle of an answer, in the words that Node's own client has for it. */
export function hungUp(): NodeJS.ErrnoException {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

const nothing = Buffer.alloc(0);

/** The bytes of a connection, taken in pieces as an answer's grammar has them, however they come. */
export class Incoming {
  #held: Buffer = nothing;

  /** Bytes that have come and are not taken. */
  get left(): number {
    return this.#held.length;
  }

  /** Waits for a text without taking it. @throws BrokenAnswer as soon as something else comes */
  *expect(text: string): Reading<void> {
    for (;;) {
      const start = this.#held.toString('latin1', 0, text.length);
      if (!text.startsWith(start)) throw new BrokenAnswer('it is no answer of HTTP/1.1');
      if (start.length === text.length) return;
      yield* this.#more();
    }
  }

  /** Text up to a mark, which is taken too. @param longest bytes @throws BrokenAnswer */
  *until(mark: string, longest: number): Reading<string> {
    for (;;) {
      const end = this.#held.indexOf(mark, 0, 'latin1');
      if (end > longest || (end < 0 && this.#held.length > longest + mark.length))
        throw new BrokenAnswer(`it says more than ${longest} bytes before its content`);
      if (end >= 0) return this.#take(end + mark.length).toString('latin1', 0, end);
      yield* this.#more();
    }
  }

  /** What is there, or else what comes next: at least one byte, at most so many; undefined at the end of the connection. */
  *some(most: number): Reading<Buffer | undefined> {
    while (this.#held.length === 0) {
      const more = yield;
      if (!more) return undefined;
      this.#held = more;
    }
    return this.#take(Math.min(most, this.#held.length));
  }

  *#more(): Reading<void> {
    const more = yield;
    if (!more) throw hungUp();
    this.#held = this.#held.length > 0 ? Buffer.concat([this.#held, more]) : more;
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = length < this.#held.length ? this.#held.subarray(length) : nothing;
    return taken;
  }
}
