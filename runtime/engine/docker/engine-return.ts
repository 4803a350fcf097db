import { setTimeout as pause } from 'node:timers/promises';
import { SeedbedError } from '../../errors/index.ts';
import { joinSignals } from '../../signals/index.ts';
import type { Client } from './client.ts';
import { ping } from './ping.ts';

/**
 * Waits until an engine that went away takes a new connection and answers.
 * @param seconds how long to wait at most
 * @throws engine-interrupted when it does not come back
 */
export async function engineReturned(client: Client, seconds: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const limit = joinSignals([signal], Math.max(1000, Math.min(10_000, deadline - performance.now())));
    try {
      await ping(client.fresh, limit.signal);
      return;
    } catch (thrown) {
      signal.throwIfAborted();
      if (performance.now() >= deadline) throw new SeedbedError('engine-interrupted', {}, { cause: thrown });
      await pause(200, undefined, { signal });
    } finally {
      limit.release();
    }
  }
}
