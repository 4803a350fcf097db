import { setTimeout as delay } from 'node:timers/promises';
import { ServiceRefusal } from '../../client/index.ts';
import { SeedbedError } from '../../errors/index.ts';

/** Milliseconds that a service may be gone. */
export const patienceMs = 120_000;
const pauseMs = 1000;

/**
 * Asks again while the service is gone, or says that its database or engine is.
 * @param onLoss told when it is gone, and (undefined) when it is there again
 * @throws what `ask` throws, where that does not pass or takes too long
 */
export async function patiently<Value>(
  ask: () => Promise<Value>,
  onLoss: (error: SeedbedError | undefined) => void,
): Promise<Value> {
  let since: number | undefined;
  for (;;)
    try {
      const value = await ask();
      if (since !== undefined) onLoss(undefined);
      return value;
    } catch (thrown) {
      if (!isAway(thrown)) throw thrown;
      if (since === undefined) onLoss(thrown);
      since ??= performance.now();
      if (performance.now() - since > patienceMs) throw thrown;
      await delay(pauseMs);
    }
}

/** Whether a request may well succeed later. */
export function isAway(thrown: unknown): thrown is SeedbedError {
  if (thrown instanceof ServiceRefusal) return thrown.definition.status === 503 && thrown.definition.retry;
  return thrown instanceof SeedbedError && thrown.error === 'service-unreachable';
}

export function lossWords(error: SeedbedError | undefined): string {
  return error ? `${error.message.replace(/\.$/, '')}; waiting for it` : 'the service answers again';
}
