import { PlainProgress } from '../progress/plain.ts';
import { type Progress, silent } from '../progress/progress.ts';
import { TerminalProgress } from '../progress/terminal.ts';
import type { RunOptions } from './options.ts';

/** Progress goes to standard error: standard output is for what the command is asked for. */
export function chooseProgress({ quiet, format }: Pick<RunOptions, 'quiet' | 'format'>): Progress {
  if (quiet) return silent;
  if (process.stderr.isTTY) return new TerminalProgress(process.stderr);
  return format === 'json' ? silent : new PlainProgress(process.stderr);
}
