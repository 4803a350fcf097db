import { setTimeout as delay } from 'node:timers/promises';
import { hasCode, isPassing } from '../../../database/index.ts';

/** Seconds for which a database may be away before a batch gives up. */
const patienceSeconds = 60;
const pauseMs = 200;
const conflicts = ['40P01', '40001'];

/**
 * Repeats what the database refuses for a passing reason: a server that restarts, rows that others change just now.
 * @throws what `work` throws, where that is not passing or takes too long
 */
export async function patiently<Value>(work: () => Promise<Value>): Promise<Value> {
  const deadline = performance.now() + patienceSeconds * 1000;
  for (;;)
    try {
      return await work();
    } catch (thrown) {
      if (hasCode(thrown, ...conflicts)) continue;
      if (!isPassing(thrown) || performance.now() > deadline) throw thrown;
      await delay(pauseMs);
    }
}
