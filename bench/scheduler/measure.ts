import { setTimeout as pause } from 'node:timers/promises';
import { joinSignals } from '../../runtime/signals/index.ts';
import type { Contender } from './contender.ts';

/** Not counted: connections, plans and caches warm up. */
const warmUpMs = 1000;
/** How long the first job of a measurement is waited for, in which a slow contender may not have done any. */
const patienceMs = 60_000;

/** Full lifecycles a second. @param seconds that are counted; more, up to a minute, where none is done in them */
export async function lifecyclesPerSecond(
  contender: Contender,
  concurrency: number,
  seconds: number,
  signal: AbortSignal,
): Promise<number> {
  const over = new AbortController();
  let done = 0;
  const either = joinSignals([over.signal, signal]);
  const cycling = contender.cycle(concurrency, (jobs) => (done += jobs), either.signal);
  try {
    await Promise.race([cycling, pause(warmUpMs, undefined, { signal })]);
    const [before, origin] = [done, performance.now()];
    const elapsed = () => performance.now() - origin;
    const wait = (ms: number) => Promise.race([cycling, pause(ms, undefined, { signal })]);
    await wait(seconds * 1000);
    while (done === before && elapsed() < patienceMs) {
      signal.throwIfAborted();
      await wait(10);
    }
    return ((done - before) * 1000) / elapsed();
  } finally {
    over.abort();
    either.release();
    await cycling;
  }
}

/** The concurrency at which a contender is fastest. */
export async function bestConcurrency(
  contender: Contender,
  seconds: number,
  signal: AbortSignal,
): Promise<number> {
  let best = { concurrency: 1, rate: 0 };
  for (const concurrency of contender.concurrencies) {
    const rate = await lifecyclesPerSecond(contender, concurrency, seconds, signal);
    if (rate > best.rate) best = { concurrency, rate };
  }
  return best.concurrency;
}
