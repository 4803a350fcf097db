import { PlainBatchProgress } from './plain.ts';
import { type BatchProgress, silentBatch } from './progress.ts';
import { TerminalBatchProgress } from './terminal.ts';

/** Progress goes to standard error, as that of a run. */
export function chooseBatchProgress({
  quiet,
  format,
}: {
  readonly quiet?: boolean;
  readonly format: 'text' | 'json';
}): BatchProgress {
  if (quiet) return silentBatch;
  if (process.stderr.isTTY) return new TerminalBatchProgress(process.stderr);
  return format === 'json' ? silentBatch : new PlainBatchProgress(process.stderr);
}
