import { readConfig } from '../../config/index.ts';
import type { BatchOptions } from './options.ts';
import { seedBatch } from './seed-batch.ts';

/**
 * `seed batch`: on the service that SEED_URL names, or on this machine. What the other way needs is not loaded.
 * @returns the process's exit code
 * @throws invalid-usage
 */
export async function batch(target: string | undefined, options: BatchOptions): Promise<number> {
  if (!options.local && readConfig().service.isNamed)
    return seedBatch(target, options, (await import('./service/begin-on-service.ts')).beginOnService);
  return seedBatch(target, options, (await import('./local/begin-here.ts')).beginHere);
}
