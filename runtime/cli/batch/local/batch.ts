import type { BatchOptions } from '../options.ts';
import { seedBatch } from '../seed-batch.ts';
import { beginLocalRunner } from './open-local-runner.ts';

/** `seed batch` on this machine: its rows run in a runtime of this process. @returns the process's exit code @throws invalid-usage */
export function batch(target: string | undefined, options: BatchOptions): Promise<number> {
  return seedBatch(target, options, beginLocalRunner);
}
