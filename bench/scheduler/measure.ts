import { setTimeout as pause } from 'node:timers/promises';
import type { Contender } from './contender.ts';

/** Not counted: connections, plans and caches warm up. */
const warmUpMs = 1000;

/** Full lifecycles a second. @param seconds that are counted; longer, where a job takes longer */
export async function lifecyclesPerSecond(
  contender: Contender,
  concurrency: number,
  seconds: number,
  signal: AbortSignal,
): Promise<number> {
  const over = new AbortController();
  let done = 0;
  const cycling = contender.cycle(
    concurrency,
    (jobs) => (done += jobs),
    AbortSignal.any([over.signal, signal]),
  );
  try {
    await Promise.race([cycling, pause(warmUpMs, undefined, { signal })]);
    const [before, origin] = [done, performance.now()];
    await Promise.race([cycling, pause(seconds * 1000, undefined, { signal })]);
    return ((done - before) * 1000) / (performance.now() - origin);
  } finally {
    over.abort();
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
