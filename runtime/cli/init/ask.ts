import { createInterface, type Interface } from 'node:readline';
import { SeedbedError, toSeedbedError } from '../../errors/index.ts';

/**
 * Asks for a value on a terminal; elsewhere the fallback counts.
 * @param judge throws for an answer that cannot be taken; it is asked for again
 * @throws invalid-usage when it is not answered
 */
export type Ask = (question: string, fallback: string, judge?: (answer: string) => void) => Promise<string>;

/** Work that may ask. One reader serves all questions: a second would lose what was typed ahead of its question. */
export async function asking<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value> {
  let answers: Answers | undefined;
  try {
    return await work(async (question, fallback, judge = () => undefined) => {
      if (!process.stdin.isTTY || !process.stderr.isTTY) return fallback;
      answers ??= new Answers();
      for (;;) {
        const answer = (await answers.next(`${question} [${fallback}]: `)).trim() || fallback;
        try {
          judge(answer);
          return answer;
        } catch (thrown) {
          process.stderr.write(`${toSeedbedError(thrown).message}\n`);
        }
      }
    });
  } finally {
    answers?.close();
  }
}

/** The lines of a terminal, also those that come before their question. */
class Answers {
  readonly #terminal: Interface = createInterface({ input: process.stdin, output: process.stderr });
  readonly #early: string[] = [];
  #take: ((line: string) => void) | undefined;
  #isClosed = false;
  #giveUp: (() => void) | undefined;

  constructor() {
    this.#terminal.on('line', (line) => {
      const take = this.#take ?? ((early: string) => this.#early.push(early));
      // The next one may come in the same breath.
      this.#take = undefined;
      take(line);
    });
    // Ctrl-C and Ctrl-D end the terminal, and leave the question open for ever.
    this.#terminal.once('close', () => {
      this.#isClosed = true;
      this.#giveUp?.();
    });
  }

  /** @throws invalid-usage when the terminal ends first */
  next(prompt: string): Promise<string> {
    const early = this.#early.shift();
    if (early !== undefined) {
      process.stderr.write(`${prompt}${early}\n`);
      return Promise.resolve(early);
    }
    return new Promise<string>((resolve, reject) => {
      this.#take = resolve;
      this.#giveUp = () =>
        reject(new SeedbedError('invalid-usage', { problem: 'The question was not answered' }));
      if (this.#isClosed) return this.#giveUp();
      this.#terminal.setPrompt(prompt);
      this.#terminal.prompt();
    }).finally(() => (this.#giveUp = undefined));
  }

  close(): void {
    this.#terminal.close();
  }
}
