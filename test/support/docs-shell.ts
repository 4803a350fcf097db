import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from './docs-transcript.ts';

/** How one command of a page went. */
export interface Ran {
  readonly command: Command;
  /** Standard output and error, as they came. */
  readonly printed: string;
  readonly exitCode: number;
}

/** A record separator, which no command prints. */
const mark = '\x1e';

/** Runs commands one after the other in one shell, as a reader would; what one of them sets or leaves, the next one finds. */
export async function runInShell(
  commands: readonly Command[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ran[]> {
  const script = commands
    .map(({ text }) => `${text}\nended=$?; printf '${mark}%s${mark}' $ended; (exit $ended)\n`)
    .join('');
  const shell = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(shell, 'close');
  let printed = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  await ended;
  const parts = printed.split(mark);
  return commands.map((command, index) => ({
    command,
    printed: parts[2 * index] ?? '',
    exitCode: Number(parts[2 * index + 1] ?? NaN),
  }));
}
