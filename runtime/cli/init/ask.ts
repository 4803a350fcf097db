import { createInterface } from 'node:readline/promises';
import { SeedbedError, toSeedbedError } from '../../errors/index.ts';

/**
 * Asks for a value on a terminal; elsewhere the fallback counts.
 * @param judge throws for an answer that cannot be taken; it is asked for again
 * @throws invalid-usage when it is not answered
 */
export async function ask(
  question: string,
  fallback: string,
  judge: (answer: string) => void = () => undefined,
): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return fallback;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // Ctrl-C and Ctrl-D end the terminal, and leave the question open for ever.
  const closed = new Promise<never>((_, reject) => {
    terminal.once('close', () =>
      reject(new SeedbedError('invalid-usage', { problem: 'The question was not answered' })),
    );
  });
  closed.catch(() => undefined);
  try {
    for (;;) {
      const given = await Promise.race([terminal.question(`${question} [${fallback}]: `), closed]);
      const answer = given.trim() || fallback;
      try {
        judge(answer);
        return answer;
      } catch (thrown) {
        process.stderr.write(`${toSeedbedError(thrown).message}\n`);
      }
    }
  } finally {
    terminal.close();
  }
}
