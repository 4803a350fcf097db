import { setTimeout as delay } from 'node:timers/promises';
import { isPassing } from '../../database/index.ts';
import { Detached } from '../../execution/index.ts';

const pauseMs = 200;

/**
 * Repeats what a database that is away refuses, for as long as it takes: an execution outlives it.
 * @throws Detached when the signal aborts meanwhile; whatever else `work` throws
 */
export async function persist<Value>(work: () => Promise<Value>, detach: AbortSignal): Promise<Value> {
  for (;;) {
    if (detach.aborted) throw new Detached();
    try {
      return await work();
    } catch (thrown) {
      if (!isPassing(thrown)) throw thrown;
      await delay(pauseMs, undefined, { signal: detach }).catch(() => undefined);
    }
  }
}
