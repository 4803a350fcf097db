import { readdir } from 'node:fs/promises';
import type { SeedbedError } from '../../errors/index.ts';
import type { AttemptDirectory, Result, Warning } from '../../execution/index.ts';

export function warned(result: Result, warning: Warning | undefined): Result {
  return warning ? { ...result, warnings: [...result.warnings, warning] } : result;
}

/** Whether there is nothing to be published and nothing to be said of inputs: its end can share a transaction with others. */
export async function leavesNothing(result: Result, { output }: AttemptDirectory): Promise<boolean> {
  const { files, parsedInputs, inputChecksums } = result;
  if (files.length > 0 || parsedInputs.size > 0 || inputChecksums.size > 0) return false;
  const left = await readdir(output).catch(() => undefined);
  return left?.length === 0;
}

/** The result of an execution that came to nothing. */
export function failed({ error: name, title, category, sentence, code }: SeedbedError): Result {
  const now = new Date().toISOString();
  return {
    status: 'failed',
    container: null,
    exitCode: null,
    error: { name, title, category, message: sentence, code },
    files: [],
    json: {},
    parsedInputs: new Map(),
    inputChecksums: new Map(),
    warnings: [],
    started: now,
    ended: now,
    steps: [],
  };
}
